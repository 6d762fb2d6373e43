#!/usr/bin/env python3
"""Writes the tiny Kokoro-shaped voices of the tests.

    scripts/make-tiny-kokoro-voice.py src/test/resources/voicepacks/kokoro

`tiny` has the quantized layers of the real int8 export (DynamicQuantizeLSTM, MatMulInteger,
ConvInteger) and its names, `tiny-float` the same weights as floats, the names of the other export,
and a node that draws random numbers. Phoneme numbers, style and speed to 600 samples for each unit of
duration; pads and punctuation are silent, words are sums of sines. Needs onnx and numpy.
"""

import json
import pathlib
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper, save

WIDE = 8
HIDDEN = 4
TONES = 4
UNIT = 600
STYLE = 256
ROWS = 2
SPEAKERS = ["af_heart", "af_bella", "bf_emma", "ef_dora", "jf_alpha"]
SILENT = " ;:,.!?—…\"()“”"
SYMBOLS = "AIOQSTWYabcdefhijklmnopqrstuvwxyzæçðøŋœɐɑɒɔəɚɛɜɡɪɹɽɾʃʊʌʒʔʣʤʦʧˈˌːθᵊᵻ"


class Net:
    """Collects nodes and weights; every method returns the name of the tensor it made."""

    def __init__(self, quantized):
        self.random = numpy.random.default_rng(11)
        self.quantized = quantized
        self.nodes = []
        self.weights = []
        self.count = 0

    def const(self, values, dtype=numpy.int64):
        self.count += 1
        name = f"c{self.count}"
        self.weights.append(numpy_helper.from_array(numpy.array(values, dtype), name))
        return name

    def floats(self, values):
        return self.const(values, numpy.float32)

    def add(self, op, inputs, outputs=None, **attributes):
        self.count += 1
        made = outputs or [f"t{self.count}"]
        self.nodes.append(helper.make_node(op, inputs, made, f"/{op}_{self.count}", **attributes))
        return made[0]

    def normal(self, shape, scale):
        return self.random.normal(0, scale, shape).astype(numpy.float32)

    def dynamic(self, x):
        self.count += 1
        names = [f"q{self.count}", f"q{self.count}s", f"q{self.count}z"]
        self.add("DynamicQuantizeLinear", [x], names)
        return names

    def scaled(self, product, scales):
        return self.add("Mul", [self.add("Cast", [product], to=TensorProto.FLOAT), scales])

    def linear(self, x, inside, out, gain=1.0):
        """A layer without a bias, a scale for each column."""
        values = self.normal((inside, out), gain / inside**0.5)
        scale = (numpy.abs(values).max(0) / 127).astype(numpy.float32)
        whole = numpy.rint(values / scale).astype(numpy.int8)
        if not self.quantized:
            return self.add("MatMul", [x, self.floats(whole * scale)])
        quantized, step, zero = self.dynamic(x)
        zeros = self.const(numpy.zeros(out), numpy.int8)
        product = self.add(
            "MatMulInteger", [quantized, self.const(whole, numpy.int8), zero, zeros]
        )
        return self.scaled(product, self.add("Mul", [step, self.floats(scale)]))

    def conv(self, x, inside, out, bias=True):
        """A convolution with one scale, and a bias in whole steps of it."""
        values = self.normal((out, inside, 3), 1 / (3 * inside) ** 0.5)
        zero_point = 121
        scale = numpy.float32(numpy.abs(values).max() / 120)
        whole = (numpy.rint(values / scale) + zero_point).astype(numpy.uint8)
        offsets = self.normal((out,), 0.2)
        shape = {"kernel_shape": [3], "pads": [1, 1], "dilations": [1], "strides": [1], "group": 1}
        if not self.quantized:
            weight = self.floats((whole.astype(numpy.float32) - zero_point) * scale)
            return self.add("Conv", [x, weight] + ([self.floats(offsets)] if bias else []), **shape)
        quantized, step, zero = self.dynamic(x)
        product = self.add(
            "ConvInteger",
            [quantized, self.const(whole, numpy.uint8), zero, self.const(zero_point, numpy.uint8)],
            **shape,
        )
        scales = self.add("Mul", [step, self.floats(scale)])
        if bias:
            steps = self.add("Floor", [self.add("Div", [self.floats(offsets), scales])])
            cast = self.add("Cast", [steps], to=TensorProto.INT32)
            column = self.add("Reshape", [cast, self.const([1, -1, 1])])
            product = self.add("Add", [product, column])
        return self.scaled(product, scales)

    def lstm(self, x, inside):
        """Both directions over [L, 1, inside]; ONNX Runtime turns quantized weights."""
        turned = [
            self.normal((2, 4 * HIDDEN, size), 0.7 / size**0.5) for size in (inside, HIDDEN)
        ]
        whole, scales = [], []
        for values in turned:
            scale = (numpy.abs(values).max((1, 2)) / 127).astype(numpy.float32)
            whole.append(numpy.rint(values / scale[:, None, None]).astype(numpy.int8))
            scales.append(scale)
        bias = self.floats(self.normal((2, 8 * HIDDEN), 0.2))
        state = self.floats(numpy.zeros((2, 1, HIDDEN)))
        names = {"direction": "bidirectional", "hidden_size": HIDDEN}
        if not self.quantized:
            weights = [
                self.floats(w * s[:, None, None]) for w, s in zip(whole, scales, strict=True)
            ]
            return self.add("LSTM", [x, *weights, bias, "", state, state], **names)
        weights = [
            self.const(numpy.ascontiguousarray(w.transpose(0, 2, 1)), numpy.int8) for w in whole
        ]
        zeros = self.const([0, 0], numpy.int8)
        inputs = [x, *weights, bias, "", state, state, ""]
        inputs += [self.floats(scales[0]), zeros, self.floats(scales[1]), zeros]
        return self.add("DynamicQuantizeLSTM", inputs, domain="com.microsoft", **names)


def table(vocab, value):
    values = numpy.zeros((max(vocab.values()) + 1, 1))
    for symbol, number in [("", 0), *vocab.items()]:
        values[number] = value(symbol)
    return values


def expansion(net, lengths):
    """For each unit of a sentence the index of its phoneme number."""
    ends = net.add("CumSum", [lengths, net.const(0)])
    total = net.add("ReduceSum", [lengths], keepdims=0)
    times = net.add("Range", [net.const(0), total, net.const(1)])
    row = net.add("Unsqueeze", [times, net.const([1])])
    behind = net.add("GreaterOrEqual", [row, net.add("Unsqueeze", [ends, net.const([0])])])
    whole = net.add("Cast", [behind], to=TensorProto.INT64)
    return net.add("ReduceSum", [whole, net.const([1])], keepdims=0)


def model(vocab, quantized):
    net = Net(quantized)
    ids, audio = ("tokens", "audio") if quantized else ("input_ids", "waveform")
    known = net.add("Gather", [net.floats(net.normal((max(vocab.values()) + 1, WIDE), 1)), ids])
    styled = net.add("Add", [known, net.add("Unsqueeze", [net.linear("style", STYLE, WIDE), net.const([1])])])
    both = net.lstm(net.add("Transpose", [styled], perm=[1, 0, 2]), WIDE)
    rows = net.add("Reshape", [net.add("Transpose", [both], perm=[2, 0, 1, 3]), net.const([1, -1, 2 * HIDDEN])])
    units = table(vocab, lambda s: 6 if s == "" else 2 if s in "ˈˌː" else 5 if s in SILENT else 4)
    varied = net.add("Mul", [net.linear(rows, 2 * HIDDEN, 1), net.floats(0.3)])
    usual = net.add("Gather", [net.floats(units), ids])
    summed = net.add("ReduceSum", [net.add("Add", [usual, varied]), net.const([-1])], keepdims=0)
    whole = net.add("Round", [net.add("Div", [summed, "speed"])])
    durations = net.add("Clip", [whole, net.floats(1), ""], ["/encoder/Clip_output_0"])
    index = expansion(
        net, net.add("Reshape", [net.add("Cast", [durations], to=TensorProto.INT64), net.const([-1])])
    )
    frames = net.add("Gather", [net.add("Transpose", [rows], perm=[0, 2, 1]), index], axis=2)
    made = net.add("LeakyRelu", [net.conv(frames, 2 * HIDDEN, WIDE)], alpha=0.1)
    made = net.conv(made, WIDE, TONES, bias=False)
    if not quantized:
        noise = net.add("RandomNormalLike", [made])
        made = net.add("Add", [made, net.add("Mul", [noise, net.floats(0.5)])])
    loud = table(vocab, lambda s: 0 if s == "" or s in SILENT else 0.15)
    energy = net.add("Gather", [net.add("Gather", [net.floats(loud), ids]), index], axis=1)
    tones = net.add("Mul", [net.add("Transpose", [made], perm=[0, 2, 1]), energy])
    time = numpy.arange(UNIT) / UNIT
    waves = [numpy.sin(2 * numpy.pi * n * time) for n in (3, 7, 12, 25)]
    samples = net.add("MatMul", [tones, net.floats(waves)])
    shape = [-1] if quantized else [1, -1]
    net.add("Reshape", [samples, net.const(shape)], [audio])
    graph = helper.make_graph(
        net.nodes,
        "tiny-kokoro",
        [
            helper.make_tensor_value_info(ids, TensorProto.INT64, [1, "L"]),
            helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, STYLE]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        [helper.make_tensor_value_info(audio, TensorProto.FLOAT, ["S"] if quantized else [1, "S"])],
        net.weights,
    )
    domains = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    made = helper.make_model(graph, opset_imports=domains, producer_name="tiny")
    made.ir_version = 8
    return made


def write(folder, vocab, quantized):
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    save(model(vocab, quantized), folder / "tiny.onnx")
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False) + "\n", "utf-8")
    (folder / "metadata.yaml").write_text("license: Apache-2.0\n", "utf-8")
    random = numpy.random.default_rng(5)
    for name in SPEAKERS:
        styles = random.normal(0, 1, (ROWS, STYLE)).astype("<f4")
        (folder / "voices" / f"{name}.bin").write_bytes(styles.tobytes())


def main():
    folder = pathlib.Path(sys.argv[1])
    vocab = {symbol: number + 1 for number, symbol in enumerate(SILENT + SYMBOLS)}
    write(folder / "tiny", vocab, True)
    write(folder / "tiny-float", vocab, False)


if __name__ == "__main__":
    main()
