#!/usr/bin/env python3
"""Counts the words that a speech recognizer hears wrong, of what workers say.

    scripts/listening/word-errors.py --model FOLDER [--worker PATH ...] [--sentences FILE]

Starts each worker (`--worker`, the launchers of builds to compare; default: this one) on free ports, has it say the
sentences of the file (`written -> said aloud` on each line) with its default voice and seed 7, and has Whisper write
down what it hears. Both what should be said and what is heard are written out by this build's `tts-worker text`, so
that "3" and "three" are the same word; the figure is the edit distance of the words over their number. FOLDER holds a
model for faster-whisper (model.bin, config.json, tokenizer.json, vocabulary). Needs the Python packages faster-whisper
and grpcio."""

import argparse
import importlib.util
import pathlib
import re
import tempfile
import unicodedata

import faster_whisper
import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


pauses = module("pauses", HERE / "pauses.py")
hostile = pauses.hostile
phoneme_errors = module("phoneme_errors", HERE / "phoneme-errors.py")


def speech(client, session, text):
    """What the worker says, as floats at 16 kHz."""
    samples = pauses.samples(client, session, text).astype(numpy.float32) / 32768
    whole = len(samples) // 3 * 3
    return samples[:whole].reshape(-1, 3).mean(axis=1)


def heard_by(model, launcher, texts):
    """What the recognizer hears of each text."""
    with tempfile.TemporaryDirectory() as folder:
        worker = hostile.Worker(launcher, pathlib.Path(folder))
        try:
            client = hostile.Client(worker)
            session = client.session(seed="7")
            heard = []
            for text in texts:
                segments, _ = model.transcribe(speech(client, session, text), language="en", beam_size=5)
                heard.append(" ".join(segment.text for segment in segments))
            return heard
        finally:
            worker.stop()


def plain(text):
    """In small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def words(lines):
    """The words of each line, written out."""
    filled = [line.strip() or "." for line in lines]
    said = phoneme_errors.read_by(str(ROOT / "tts-worker"), filled, "spoken")
    return [re.findall(r"[a-z']+", plain(text)) for text in said]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--worker", nargs="+", default=[str(ROOT / "tts-worker")])
    parser.add_argument("--sentences", default=str(HERE / "reported.txt"))
    arguments = parser.parse_args()
    written, said = zip(*phoneme_errors.pairs(arguments.sentences))
    wanted = words(said)
    model = faster_whisper.WhisperModel(arguments.model, device="cpu", compute_type="int8")
    for launcher in arguments.worker:
        heard = heard_by(model, launcher, written)
        total = 0
        for text, want, transcript, got in zip(written, wanted, heard, words(heard)):
            errors = phoneme_errors.distance(got, want)
            total += errors
            if errors:
                print(f"{errors} of {len(want)} | {text} | {transcript.strip()}")
        count = sum(map(len, wanted))
        print(f"{launcher}: {total} of {count} words, {100 * total / count:.1f} %\n")


if __name__ == "__main__":
    main()
