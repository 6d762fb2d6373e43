#!/usr/bin/env python3
"""Records what the Python package hibari-tts 0.2.1 speaks, without noise, for HibariReferenceTest.

    scripts/record-hibari-samples.py MODEL.onnx VOCAB.json PHONEMES OUT.raw

16-bit little-endian samples of 24 kHz, full scale 1. Needs hibari-tts and onnxruntime.
"""

import json
import pathlib
import sys

import numpy
import onnxruntime
from hibari import dsp


def main():
    model, vocab, phonemes, out = sys.argv[1:]
    numbers = json.loads(pathlib.Path(vocab).read_text("utf-8"))
    ids = [0, *(numbers[sign] for sign in phonemes if sign in numbers), 0]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options)
    made = session.run(
        ["lh", "theta", "ln", "lr", "phi", "f0"],
        {"ids": numpy.array([ids], numpy.int64), "speed": numpy.ones(1, numpy.float32)},
    )
    lh, theta, ln, lr, phi, f0 = (part[0] for part in made)
    silent = numpy.full_like(ln, -60)
    samples = dsp.synth(lh, theta, silent, lr, phi, f0, numpy.random.default_rng(0))
    numpy.clip(numpy.rint(samples * 32767), -32768, 32767).astype("<i2").tofile(out)


if __name__ == "__main__":
    main()
