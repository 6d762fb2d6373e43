#!/usr/bin/env python3
"""Writes the tables of docs/text.md from the written cases of the tests.

scripts/text-table.py           writes it
scripts/text-table.py --check   fails when the document is not up to date
"""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "src/test/resources/dev/ttsworker/engine/text/normalization"
DOCUMENT = ROOT / "docs/text.md"
START = "<!-- table: scripts/text-table.py -->\n"
WRONG = "<!-- what stays wrong: scripts/text-table.py -->\n"
LANGUAGES = CASES / "language/cases"
NAMES = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish"}
LANGUAGE = "<!-- languages: scripts/text-table.py -->\n"
END = "<!-- end of table -->\n"
MARK = "wrong: "
EXAMPLES = 7


def cases(file, wrong=False):
    """Those that are right, or those that are known to be wrong."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("# ") and line.startswith(MARK) == wrong:
            left, right = line.removeprefix(MARK).rsplit(" → ", 1)
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


def faults():
    lines = ["| Class | Lines | Right | Written, and what a person would say |", "|---|---|---|---|"]
    all_lines = all_right = 0
    for file in sorted(CASES.glob("own-*.txt")):
        right = len(list(cases(file)))
        wrong = list(cases(file, wrong=True))
        told = "; ".join(f"{cell(left)} → {cell(said)}" for left, said in wrong)
        lines.append(f"| {file.stem.removeprefix('own-')} | {right + len(wrong)} | {right} | {told} |")
        all_lines += right + len(wrong)
        all_right += right
    lines.append(f"| all | {all_lines} | {all_right} | |")
    return "\n".join(lines) + "\n"


def classes(language):
    """The cases of a language by class, those of all countries."""
    rows = {}
    for line in (LANGUAGES / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = rows.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith(MARK):
            left, right = line.rsplit(" → ", 1)
            group.append((left, right))
    return rows


def languages():
    lines = []
    for language, name in NAMES.items():
        rows = classes(language)
        total = sum(len(group) for group in rows.values())
        lines += [f"### {name}: {total} cases", "", "| Class, cases | Written | Said |", "|---|---|---|"]
        for group, cases_of_it in rows.items():
            left, right = cases_of_it[len(cases_of_it) // 2]
            said = "unchanged" if right == "=" else cell(right)
            lines.append(f"| {group}, {len(cases_of_it)} | {cell(left)} | {said} |")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def replaced(text, start, content):
    head, rest = text.split(start)
    return head + start + content + END + rest.split(END, 1)[1]


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    wanted = replaced(replaced(replaced(text, START, table()), WRONG, faults()), LANGUAGE, languages())
    if "--check" in sys.argv[1:]:
        if wanted != text:
            sys.exit("docs/text.md is not up to date; run scripts/text-table.py")
    else:
        DOCUMENT.write_text(wanted, encoding="utf-8")


main()
