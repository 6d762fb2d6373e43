#!/usr/bin/env python3
"""Records what piper-tts makes of the sentences that PiperComparisonTest reads.

    record-piper-ids.py FOLDER VOICE.onnx.json OUR_ESPEAK_NG_DATA

FOLDER is src/test/resources/dev/ttsworker/phoneme. Every line of its piper-ids.jsonl has `voice`
(eSpeak's name) and `text`; this adds or replaces `phonemes` and `ids`, one entry for each sentence.
To add a sentence, append a line with only `voice` and `text` and run this again. `phonemes_our_data`
is added where piper-tts answers differently with the data folder that we ship: these lines are the
known differences, and they come from eSpeak NG's data, not from our code. Beside it, phoneme-id-map.json gets the
voice's map. Needs piper-tts 1.8.0 and, for the data folder, a build of the worker.
"""

import json
import pathlib
import subprocess
import sys

from piper.phoneme_ids import phonemes_to_ids
from piper.phonemize_espeak import ESPEAK_DATA_DIR, EspeakPhonemizer


def phonemize(lines, data):
    """Sentences of each line; empty ones are what piper-tts does not speak."""
    phonemizer = EspeakPhonemizer(data)
    return [
        [sentence for sentence in phonemizer.phonemize(line["voice"], line["text"]) if sentence]
        for line in lines
    ]


def in_own_process(folder, data):
    """eSpeak NG keeps the data folder that it was first given."""
    command = [sys.executable, __file__, "--phonemize", str(folder), str(data)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def read(folder):
    with open(folder / "piper-ids.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main():
    if sys.argv[1] == "--phonemize":
        print(json.dumps(phonemize(read(pathlib.Path(sys.argv[2])), sys.argv[3])))
        return
    folder = pathlib.Path(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        id_map = json.load(file)["phoneme_id_map"]
    lines = read(folder)
    theirs = in_own_process(folder, ESPEAK_DATA_DIR)
    with_our_data = in_own_process(folder, sys.argv[3])
    with open(folder / "piper-ids.jsonl", "w", encoding="utf-8") as file:
        for line, sentences, ours in zip(lines, theirs, with_our_data):
            record = {
                "voice": line["voice"],
                "text": line["text"],
                "phonemes": ["".join(sentence) for sentence in sentences],
                "ids": [phonemes_to_ids(sentence, id_map) for sentence in sentences],
            }
            if ours != sentences:
                record["phonemes_our_data"] = ["".join(sentence) for sentence in ours]
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    with open(folder / "phoneme-id-map.json", "w", encoding="utf-8") as file:
        json.dump(id_map, file, ensure_ascii=False, indent=0)
        file.write("\n")


main()
