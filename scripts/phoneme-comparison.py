#!/usr/bin/env python3
"""Compares how sentences sound with normalisation and without it.

    scripts/phoneme-comparison.py

Each sentence stands beside what a person would say for it, written out by hand. Both are phonemized by `tts-worker text`; the figure is the edit
distance between the phonemes of the sentence and those of the written-out one, without stress, blanks and punctuation, over their number.
"""
import json
import pathlib
import subprocess
import unicodedata

SENTENCES = [
    ("It costs $4.50.", "It costs four dollars and fifty cents."),
    ("Dr. Smith lives on Oak Dr. now.", "Doctor Smith lives on Oak Drive now."),
    ("Drive at 50 km/h for 5 km.", "Drive at fifty kilometers per hour for five kilometers."),
    ("Henry VIII lived before World War II.", "Henry the eighth lived before World War two."),
    ("Call 555-123-4567 now.", "Call five five five, one two three, four five six seven now."),
    ("Add 2 1/2 cups of milk.", "Add two and a half cups of milk."),
    ("It grew 5-10% vs. 2019.", "It grew five to ten percent versus twenty nineteen."),
    ("The meeting is on 3/4/2026 at 7:30 p.m.", "The meeting is on March fourth, twenty twenty-six at seven thirty p.m."),
    ("Mail me at jo@example.com today.", "Mail me at jo at example dot com today."),
    ("It is -5°C outside.", "It is minus five degrees Celsius outside."),
    ("He was born in 1984, in the '80s.", "He was born in nineteen eighty-four, in the eighties."),
    ("She came 21st of 3,500 runners.", "She came twenty-first of three thousand five hundred runners."),
    ("The fund holds $3.2bn in cash.", "The fund holds three point two billion dollars in cash."),
    ("See https://example.org/docs for more.", "See example dot org slash docs for more."),
    ("I **really** like `this`, e.g. now.", "I really like this, for example now."),
    ("The file is 1.5 GB.", "The file is one point five gigabytes."),
    ("We live at 12 Main St. in town.", "We live at twelve Main Street in town."),
    ("Version 2.10 runs 24/7.", "Version two point ten runs twenty-four seven."),
    ("Use ½ of it, then add 3 × 4 = 12.", "Use a half of it, then add three times four equals twelve."),
    ("Thanks 😀!!! See you at 10am.", "Thanks! See you at ten a.m."),
]

HERE = pathlib.Path(__file__).resolve().parent.parent


def phonemes(lines, *options):
    """Phonemes of each line, sounds alone."""
    run = subprocess.run(
        [str(HERE / "tts-worker"), "text", "--locale", "en-US", "--json", *options, "-"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    texts = [" ".join(s["phonemes"] for s in json.loads(line)["segments"]) for line in run.stdout.splitlines()]
    return [[c for c in text if unicodedata.category(c)[0] in "LM" and c not in "ˈˌː"] for text in texts]


def distance(one, other):
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def main():
    written, wanted = zip(*SENTENCES)
    goal = phonemes(wanted, "--normalize", "off")
    off = phonemes(written, "--normalize", "off")
    on = phonemes(written)
    print("| Written | Off | On |\n|---|---|---|")
    sums = [0, 0, 0]
    for text, want, before, after in zip(written, goal, off, on):
        errors = distance(before, want), distance(after, want)
        sums = [sums[0] + errors[0], sums[1] + errors[1], sums[2] + len(want)]
        print(f"| {text} | {errors[0]} of {len(want)} | {errors[1]} |")
    print(f"\nall: {100 * sums[0] / sums[2]:.1f} % without normalisation, {100 * sums[1] / sums[2]:.1f} % with it")


if __name__ == "__main__":
    main()
