#!/usr/bin/env python3
"""Writes the table of docs/text.md from the written cases of the tests.

scripts/text-table.py           writes it
scripts/text-table.py --check   fails when the document is not up to date
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "src/test/resources/dev/ttsworker/text/normal"
DOCUMENT = ROOT / "docs/text.md"
START = "<!-- table: scripts/text-table.py -->\n"
END = "<!-- end of table -->\n"
EXAMPLES = 7


def cases(file):
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(("# ", "wrong: ")):
            left, right = line.rsplit(" → ", 1)
            yield left, right


def cell(text):
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("`", "\\`").replace("<", "&lt;").replace("[", "\\[").replace("~", "\\~")


def spread(rows):
    """Some of the rows, from the first to the last."""
    if len(rows) <= EXAMPLES:
        return rows
    return [rows[i * (len(rows) - 1) // (EXAMPLES - 1)] for i in range(EXAMPLES)]


def table():
    lines = ["| Class, cases | Written | Said |", "|---|---|---|"]
    for file in sorted(CASES.glob("*.txt")):
        rows = list(cases(file))
        name = f"{file.stem}, {len(rows)}"
        for left, right in spread(rows):
            said = "unchanged" if right == "=" else cell(right)
            lines.append(f"| {name} | {cell(left)} | {said} |")
            name = ""
    return "\n".join(lines) + "\n"


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    head, rest = text.split(START)
    tail = rest.split(END)[1]
    wanted = head + START + table() + END + tail
    if "--check" in sys.argv[1:]:
        if wanted != text:
            sys.exit("docs/text.md is not up to date; run scripts/text-table.py")
    else:
        DOCUMENT.write_text(wanted, encoding="utf-8")


main()
