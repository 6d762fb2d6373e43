#!/usr/bin/env python3
"""Compares the number words of the languages with those of num2words (PyPI).

scripts/compare-numbers.py      after `mvn test-compile`; needs JAVA_HOME or java 25, and `pip install num2words`

Differences that were judged are counted by their reason; others are printed, and make it fail.
"""
import os
import pathlib
import random
import re
import subprocess
import sys

from num2words import num2words

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = "dev.ttsworker.engine.text.normalization.language"
TAGS = {"de": "de", "fr": "fr", "es": "es", "it": "it", "pt-br": "pt_BR", "pt-pt": "pt", "nl": "nl", "pl": "pl"}
ORDINALS = [*range(1, 130), 200, 300, 500, 999, 1000, 2024]
SHOWN = 8


def joined(words):
    return re.sub(r"[ ,\u00ad-]", "", words)


def without_accents(words):
    return words.replace("tré", "tre")


# Reason, language, and whether it explains a difference of ours and theirs.
JUDGED = [
    ("only blanks, hyphens or commas differ", "", lambda a, b: joined(a) == joined(b)),
    ("ours: 'ein' before 'tausend' and 'Millionen' (einhunderteintausend); theirs has 'eins'", "de",
     lambda a, b: joined(a).replace("eine", "ein") == joined(b).replace("einstausend", "eintausend").replace("eins Mill", "ein Mill").replace("einsMill", "einMill")),
    ("ours: 'un mil', 'veintiún mil', 'un millones'; theirs has 'uno mil', 'uno millones', which is wrong", "es",
     lambda a, b: a == b.replace("veintiuno mil", "veintiún mil").replace("uno mil", "un mil")),
    ("ours: undécimo, duodécimo, decimotercero, cuadragésimo (RAE); theirs has décimoprimero, quadragésimo", "es",
     lambda a, b: "ésim" in a or "ecimo" in a or "décimo" in a),
    ("both are right: ventunmila, ventunomila; centootto, centotto; 'e' after millions; theirs 'centodicotto', and 'tre' without its accent, are wrong", "it",
     lambda a, b: italian(a) == italian(b)),
    ("ours: centodecimo, centodiciottesimo; theirs has centodiecesimo, centodicottesimo, which are wrong", "it",
     lambda a, b: a in ("centodecimo", "centodiciottesimo")),
    ("both are right: één miljoen, een miljoen (the same word with its stress written)", "nl",
     lambda a, b: joined(a).replace("één", "een") == joined(b).replace("één", "een")),
    ("both are right in Brazil: quatorze, catorze", "pt-br",
     lambda a, b: joined(a).replace("quatorze", "catorze") == joined(b)),
    ("both are right: 'e' between millions and thousands", "pt",
     lambda a, b: portuguese(a) == portuguese(b)),
    ("rare: ordinals from 300 (trecentésimo, tricentésimo; dois milésimo, segundo milésimo)", "pt",
     lambda a, b: "centésimo" in a or "milésimo" in a),
    ("ours: trzechsetny; theirs has trzysetny, which is wrong", "pl", lambda a, b: "trzechsetn" in a),
    ("ours: deux centième, quatre-vingtième; theirs has centsième, vingtsième, which are wrong", "fr",
     lambda a, b: a == b.replace("sième", "ième")),
]


def italian(words):
    short = without_accents(joined(words))
    short = short.replace("ioni" + "e", "ioni").replace("ione" + "e", "ione")
    short = short.replace("centodiciotto", "centodicotto").replace("centoott", "centott")
    return short.replace("unomila", "unmila").replace("unomilioni", "unmilioni")


def portuguese(words):
    return re.sub(r"milh(ões|ão)e", r"milh\1", joined(words).replace("quatorze", "catorze"))


def numbers():
    source = random.Random(7)
    tens = [k * 10**e for e in range(3, 10) for k in (1, 2)]
    return [
        *range(0, 1201),
        *(source.randrange(1200, 10**6) for _ in range(1500)),
        *(source.randrange(10**6, 10**9) for _ in range(800)),
        *tens,
        *(k * 1000 for k in range(2, 130)),
    ]


def ours(rows):
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else "java"
    classes = f"{ROOT}/target/classes:{ROOT}/target/test-classes"
    said = subprocess.run(
        [java, "-cp", classes, f"{PACKAGE}.NumeralTable"],
        input="".join(f"{row}\n" for row in rows), capture_output=True, text=True, check=True)
    return said.stdout.splitlines()


def theirs(number, tag, kind):
    words = num2words(number, lang=TAGS[tag], to=kind)
    return words[:-1] + "e" if tag == "de" and kind == "ordinal" and words.endswith("r") else words


def compare(tag, kind, asked, form):
    said = ours([f"{tag} {kind} {form} {number}" for number in asked])
    reasons = {}
    unknown = []
    for number, own in zip(asked, said, strict=True):
        other = theirs(number, tag, kind)
        if own == other:
            continue
        reason = next((r for r, language, same in JUDGED if tag.startswith(language) and same(own, other)), "")
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
        else:
            unknown.append((number, own, other))
    different = sum(reasons.values()) + len(unknown)
    print(f"{tag} {kind}: {len(asked)} compared, {different} different")
    for reason, count in reasons.items():
        print(f"  {count}: {reason}")
    for number, own, other in unknown[:SHOWN]:
        print(f"  not judged: {number}: {own} | {other}")
    return len(unknown)


def main():
    unknown = 0
    for tag in TAGS:
        unknown += compare(tag, "cardinal", numbers(), "c")
        unknown += compare(tag, "ordinal", ORDINALS, "e" if tag == "de" else "m")
    sys.exit(1 if unknown else 0)


main()
