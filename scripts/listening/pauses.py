#!/usr/bin/env python3
"""Measures the pauses that a worker makes at marks and in layouts.

    scripts/listening/pauses.py [--worker PATH]

Starts a worker with its default voice and seed 7, has it say four pairs of short clauses with each mark between them,
and prints the median of the longest stretches that are at least 40 dB below the loudest 5 ms, in milliseconds. Needs
the Python packages numpy and grpcio."""

import argparse
import importlib.util
import pathlib
import statistics
import tempfile

import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SPEC = importlib.util.spec_from_file_location("hostile", ROOT / "scripts/hostile.py")
hostile = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(hostile)

# The field of AudioFrame with the samples: s16le, mono, 48 kHz.
AUDIO_DATA = 2
STEP = 48 * 5
QUIET = 0.01
PAIRS = [
    ("The river was wide", "the boat was small"),
    ("My friend came home", "her dog was glad"),
    ("We had some bread", "they wanted water"),
    ("The wind was cold", "nobody went out"),
]
# What stands between the two, whether the second begins a sentence, and what stands in front of both.
MARKS = {
    "line end without an end mark, in a sentence": ("\n", False, ""),
    "semicolon": ("; ", False, ""),
    "dash": (" – ", False, ""),
    "ellipsis": ("… ", False, ""),
    "colon": (": ", False, ""),
    "comma": (", ", False, ""),
    "full stop": (". ", True, ""),
    "line end after a full stop": (".\n", True, ""),
    "item of a list": ("\n- ", True, "- "),
    "heading": ("\n", True, "# "),
    "paragraph": (".\n\n", True, ""),
}


def samples(client, session, text):
    """What the worker says."""
    encode, decode = hostile.connection.encode, hostile.connection.decode
    synthesize = client.channel.stream_stream("/tts.TTSService/Synthesize")
    frames = synthesize(iter([encode(f1=session, f2=text, f3=True)]), timeout=120)
    audio = b"".join(b"".join(decode(frame).get(AUDIO_DATA, [])) for frame in frames)
    return numpy.frombuffer(audio, dtype="<i2").astype(float)


def longest_pause(audio):
    """Milliseconds of the longest quiet stretch between the first and the last sound."""
    level = numpy.sqrt((audio[: len(audio) // STEP * STEP].reshape(-1, STEP) ** 2).mean(axis=1))
    loud = numpy.flatnonzero(level > QUIET * level.max())
    return 5 * (int(numpy.diff(loud).max()) - 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", default=str(ROOT / "tts-worker"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        worker = hostile.Worker(arguments.worker, pathlib.Path(folder))
        try:
            client = hostile.Client(worker)
            session = client.session(seed="7")
            print("| Between | Milliseconds |\n|---|---|")
            for name, (mark, sentence, front) in MARKS.items():
                texts = [
                    front + one + mark + (two.capitalize() if sentence else two) + "." for one, two in PAIRS
                ]
                pauses = [longest_pause(samples(client, session, text)) for text in texts]
                print(f"| {name} | {statistics.median(pauses):.0f} |")
        finally:
            worker.stop()


if __name__ == "__main__":
    main()
