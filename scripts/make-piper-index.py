#!/usr/bin/env python3
"""Writes the built-in index of the public collection of Piper voices.

    pip download --no-deps wyoming-piper==2.5.2
    scripts/make-piper-index.py wyoming_piper-2.5.2-py3-none-any.whl

Reads voices.json out of the wheel and writes its facts (names, sizes, MD5) to
src/main/resources/dev/ttsworker/voicepack/catalogue/piper-voices.tsv, in the form that `voices refresh`
writes, too. A file's path in the collection follows from the voice's name; this is checked here. Prints counts.
"""

import collections
import json
import pathlib
import re
import sys
import zipfile

OUT = pathlib.Path(__file__).parent.parent / (
    "src/main/resources/dev/ttsworker/voicepack/catalogue/piper-voices.tsv"
)
MEMBER = "wyoming_piper/voices.json"
KEY = re.compile(r"([a-z]{2,3}_(?:[A-Z]{2}|[0-9]{3}))-(\w+)-(x_low|low|medium|high)")
SPEAKER = re.compile(r"[A-Za-z0-9_.-]{1,40}")
MOST_SPEAKERS_NAMED = 20


def voice_line(key, voice):
    code, name, quality = KEY.fullmatch(key).groups()
    language = voice["language"]
    assert code == language["code"] and name == voice["name"] and quality == voice["quality"], key
    folder = f"{language['family']}/{code}/{name}/{quality}/"
    paths = [folder + key + ".onnx", folder + key + ".onnx.json", folder + "MODEL_CARD"]
    files = voice["files"]
    assert sorted(files) == sorted(paths), (key, sorted(files))
    facts = [fact for path in paths for fact in (files[path]["size_bytes"], files[path]["md5_digest"])]
    speakers = sorted(voice["speaker_id_map"], key=voice["speaker_id_map"].get)
    named = len(speakers) <= MOST_SPEAKERS_NAMED and all(SPEAKER.fullmatch(name) for name in speakers)
    aliases = [alias for alias in voice["aliases"] if SPEAKER.fullmatch(alias)]
    lists = [",".join(aliases) or "-", ",".join(speakers) if named and speakers else "-"]
    return "\t".join(map(str, ["voice", key, voice["num_speakers"], *facts, *lists]))


def main():
    (wheel,) = sys.argv[1:]
    with zipfile.ZipFile(wheel) as package:
        voices = json.loads(package.read(MEMBER))
        as_of = "{:04}-{:02}-{:02}".format(*package.getinfo(MEMBER).date_time)
    languages = {voice["language"]["code"]: voice["language"] for voice in voices.values()}
    lines = [
        "# The public collection of Piper voices. Written by scripts/make-piper-index.py or `voices refresh`.",
        "# language: code, name, own name, country",
        "# voice: name, speakers, size and MD5 of .onnx, .onnx.json and MODEL_CARD, other names, speakers' names",
        "index\t1",
        f"origin\tvoices.json of {pathlib.Path(wheel).name.split('-py3')[0]}",
        f"as_of\t{as_of}",
    ]
    for code, language in sorted(languages.items()):
        names = [language["name_english"], language["name_native"], language["country_english"]]
        lines.append("\t".join(["language", code, *names]))
    lines += [voice_line(key, voice) for key, voice in sorted(voices.items())]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(len(voices), "voices,", len(languages), "codes,", OUT.stat().st_size, "bytes")
    print("families:", len({code.split("_")[0] for code in languages}))
    print("qualities:", dict(collections.Counter(voice["quality"] for voice in voices.values())))
    print("several speakers:", sum(voice["num_speakers"] > 1 for voice in voices.values()))


if __name__ == "__main__":
    main()
