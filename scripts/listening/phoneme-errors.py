#!/usr/bin/env python3
"""Compares what a worker says for sentences with what a person would say for them, by their phonemes.

    scripts/listening/phoneme-errors.py [--worker PATH] [--sentences FILE]

Each line of the file is `written -> said aloud`, the second written out by hand. Both are phonemized by `tts-worker
text`; the figure is the edit distance between the phonemes of the written sentence and those of the other, without
stress, spaces and punctuation, over their number; with normalization and without it. `--worker` names the launcher of
another build, to compare."""

import argparse
import json
import pathlib
import subprocess
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def pairs(path):
    """(written, said) of each line that is no comment."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" -> ")) for line in lines if line and not line.startswith("#")]


def read_by(worker, lines, field, *options, locale="en-US"):
    """What `tts-worker text` says of each line, in one field of its segments."""
    run = subprocess.run(
        [worker, "text", "--locale", locale, "--json", *options, "-"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return [" ".join(s[field] for s in json.loads(line)["segments"]) for line in run.stdout.splitlines()]


def phonemes(worker, lines, *options):
    """Phonemes of each line, sounds alone."""
    texts = read_by(worker, lines, "phonemes", *options)
    return [[c for c in text if unicodedata.category(c)[0] in "LM" and c not in "ˈˌː"] for text in texts]


def distance(one, other):
    """Levenshtein distance of two sequences."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", default=str(ROOT / "tts-worker"))
    parser.add_argument("--sentences", default=str(HERE / "everyday.txt"))
    arguments = parser.parse_args()
    written, wanted = zip(*pairs(arguments.sentences))
    goal = phonemes(str(ROOT / "tts-worker"), wanted, "--normalize", "off")
    off = phonemes(arguments.worker, written, "--normalize", "off")
    on = phonemes(arguments.worker, written)
    print("| Written | Off | On |\n|---|---|---|")
    sums = [0, 0, 0]
    for text, want, before, after in zip(written, goal, off, on):
        errors = distance(before, want), distance(after, want)
        sums = [sums[0] + errors[0], sums[1] + errors[1], sums[2] + len(want)]
        print(f"| {text} | {errors[0]} of {len(want)} | {errors[1]} |")
    print(f"\nall: {100 * sums[0] / sums[2]:.1f} % without normalization, {100 * sums[1] / sums[2]:.1f} % with it")


if __name__ == "__main__":
    main()
