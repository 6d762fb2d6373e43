#!/usr/bin/env python3
"""Records what piper-tts makes of the sentences that PiperComparisonTest reads.

    record-piper-ids.py FOLDER VOICE.onnx.json NATIVE

FOLDER is src/test/resources/dev/ttsworker/engine/g2p, NATIVE is target/tts-worker/native of a build.
Every line of FOLDER/piper-ids.jsonl has `voice` (eSpeak's name) and `text`; this adds or replaces
`phonemes` and `ids`, one entry for each sentence. To add a sentence, append a line with only `voice`
and `text` and run this again.

The lines with `phonemes_shipped` are the known differences: piper-tts carries a later eSpeak NG, and
with the library in NATIVE, called from here without any of our Java, the same steps give these
phonemes. `cause` says what makes the difference: `data` when piper-tts gives the same once it is
pointed at the data in NATIVE, otherwise `library`. Beside it, phoneme-id-map.json gets the voice's
map. Needs piper-tts 1.8.0.
"""

import ctypes
import json
import pathlib
import subprocess
import sys

import piper
from piper.phoneme_ids import phonemes_to_ids
from piper.phonemize_espeak import ESPEAK_DATA_DIR, EspeakPhonemizer


def phonemize(lines, data):
    """Sentences of each line; empty ones are what piper-tts does not speak."""
    phonemizer = EspeakPhonemizer(data)
    return [
        [sentence for sentence in phonemizer.phonemize(line["voice"], line["text"]) if sentence]
        for line in lines
    ]


class ShippedBridge:
    """piper's espeakbridge, on the library that we ship."""

    TERMINATORS = {
        0x80028: ".", 0x82028: "?", 0x8302D: "!", 0x41014: ",", 0x4001E: ":", 0x4101E: ";",
    }  # fmt: skip

    def __init__(self, native):
        self.library = ctypes.CDLL(str(native / "libespeak-ng.so.1"))
        self.library.espeak_TextToPhonemesWithTerminator.restype = ctypes.c_char_p
        self.data = str(native / "espeak-ng-data")

    def initialize(self, _):
        if self.library.espeak_Initialize(2, 0, self.data.encode(), 0) <= 0:
            raise RuntimeError("espeak_Initialize")

    def set_voice(self, voice):
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(voice)

    def get_phonemes(self, text):
        buffer = ctypes.create_string_buffer(text.encode())
        following = ctypes.c_void_p(ctypes.addressof(buffer))
        while following.value:
            bits = ctypes.c_int(0)
            phonemes = self.library.espeak_TextToPhonemesWithTerminator(
                ctypes.byref(following), 1, 2, ctypes.byref(bits)
            )
            terminator = self.TERMINATORS.get(bits.value & 0xFFFFF, "")
            yield phonemes.decode(), terminator, bits.value & 0x80000 != 0


def in_own_process(folder, data, shipped=False):
    """eSpeak NG keeps the data folder that it was first given."""
    mode = "--shipped" if shipped else "--phonemize"
    command = [sys.executable, __file__, mode, str(folder), str(data)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def read(folder):
    with open(folder / "piper-ids.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def main():
    if sys.argv[1] == "--shipped":
        piper.espeakbridge = ShippedBridge(pathlib.Path(sys.argv[3]))
    if sys.argv[1] in ("--phonemize", "--shipped"):
        print(json.dumps(phonemize(read(pathlib.Path(sys.argv[2])), sys.argv[3])))
        return
    folder = pathlib.Path(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        id_map = json.load(file)["phoneme_id_map"]
    lines = read(folder)
    theirs = in_own_process(folder, ESPEAK_DATA_DIR)
    native = pathlib.Path(sys.argv[3])
    with_our_data = in_own_process(folder, native / "espeak-ng-data")
    shipped = in_own_process(folder, native, shipped=True)
    with open(folder / "piper-ids.jsonl", "w", encoding="utf-8") as file:
        for line, sentences, data, ours in zip(lines, theirs, with_our_data, shipped):
            record = {
                "voice": line["voice"],
                "text": line["text"],
                "phonemes": ["".join(sentence) for sentence in sentences],
                "ids": [phonemes_to_ids(sentence, id_map) for sentence in sentences],
            }
            if ours != sentences:
                record["phonemes_shipped"] = ["".join(sentence) for sentence in ours]
                record["cause"] = "data" if data == ours else "library"
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    with open(folder / "phoneme-id-map.json", "w", encoding="utf-8") as file:
        json.dump(id_map, file, ensure_ascii=False, indent=0)
        file.write("\n")


main()
