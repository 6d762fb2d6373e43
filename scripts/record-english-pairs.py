#!/usr/bin/env python3
"""Records what the reference implementation (Python package hibari-tts 0.2.1) says of sentences.

    record-english-pairs.py OUTPUT.jsonl SENTENCES...

SENTENCES are text files with a sentence per line, or the homograph data's train.tsv (its column
"sentence"). At most 2,000 sentences are used, spread evenly over each file. Each line of the output
is {"text", "us", "gb"}: for each blank-separated word its phonemes, its tags, and whether the
lexicons know all of it. The sentences are other people's: neither they nor the output are committed.
"""

import csv
import json
import pathlib
import sys

import hibari
from hibari.g2p import G2P
from hibari.g2p.oov import OOV

ASSETS = pathlib.Path(hibari.__file__).parent / "assets"
MOST = 2000
UNKNOWN = "\u2753"


def sentences(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith(".tsv"):
            return [row["sentence"] for row in csv.DictReader(file, delimiter="\t")]
        lines = [line.split("->")[-1].strip() for line in file if not line.startswith("#")]
        return [line for line in lines if line]


def spread(lines, most):
    return [lines[i * len(lines) // most] for i in range(most)] if len(lines) > most else lines


def words(g2p, text):
    """Phonemes of each blank-separated word, with its tags."""
    made, phonemes, tags = [], "", []
    for token in g2p.phonemize_tokens(g2p.tokenize(text)):
        phonemes += (" " if token.prespace and phonemes else "") + (token.phonemes or "")
        tags.append(token.tag)
        if token.whitespace:
            made.append([phonemes, " ".join(tags)])
            phonemes, tags = "", []
    if tags:
        made.append([phonemes, " ".join(tags)])
    return made


def record(reference, bare, text):
    try:
        whole = words(reference, text)
        known = words(bare, text)
    except ValueError:  # The reference fails on some signs.
        return None
    if len(whole) != len(text.split()) or len(known) != len(whole):
        return None
    return [[p, tags, UNKNOWN not in k] for (p, tags), (k, _) in zip(whole, known)]


def main():
    output, *files = sys.argv[1:]
    engines = [
        (G2P(oov=OOV(*net), british=british), G2P(unk=UNKNOWN, british=british))
        for british, net in ((False, ()), (True, (str(ASSETS / "oov_gb.onnx"),)))
    ]
    lists = [list(dict.fromkeys(sentences(path))) for path in files]
    lists.sort(key=len)
    chosen = []
    for i, lines in enumerate(lists):
        chosen += spread(lines, (MOST - len(chosen)) // (len(lists) - i))
    kept = 0
    with open(output, "w", encoding="utf-8") as out:
        for text in chosen:
            us, gb = (record(reference, bare, text) for reference, bare in engines)
            if us and gb:
                kept += 1
                out.write(json.dumps({"text": text, "us": us, "gb": gb}, ensure_ascii=False) + "\n")
    print(f"{kept} of {len(chosen)} sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
