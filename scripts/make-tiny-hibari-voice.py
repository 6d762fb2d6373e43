#!/usr/bin/env python3
"""Writes the tiny hibari-shaped voice of the tests: the graph of the real export with few channels.

    scripts/make-tiny-hibari-voice.py src/test/resources/voicepacks/hibari/tiny

Same inputs and outputs, the same steps from phoneme numbers to frames, the same kernels in the
decoder (so that the context is 27 frames), the same form of the quantized layers, with random
weights of a fixed seed. Pads and punctuation have little energy by the last row of the decoder input; all is noise-like.
Needs onnx and numpy.
"""

import json
import math
import pathlib
import sys

import numpy
from onnx import TensorProto, checker, helper, numpy_helper, save

TEXT = 16
PROSODY = 12
ROWS = TEXT + 2
HIDDEN = 16
WIDE = 32
BLOCKS = 8
BINS = 601
KERNEL = 7
# Random taps alone would hardly hear what lies at the edge of the context.
EDGE = 6
SILENT = " ;:,.!?—…\"()“”"
SYMBOLS = "AIOQSTWYabcdefhijklmnopqrstuvwxyzæçðøŋœɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒʔʤʧˈˌːθᵊᵻ"
VOWELS = "AIOQWYaeiouæøœɐɑɒɔəɚɛɜɪʊʌᵊᵻ"


class Net:
    """Collects nodes and weights; every method returns the name of the tensor it made."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.nodes = []
        self.weights = []
        self.count = 0

    def const(self, values, dtype=numpy.int64):
        self.count += 1
        name = f"c{self.count}"
        self.weights.append(numpy_helper.from_array(numpy.array(values, dtype), name))
        return name

    def normal(self, shape, scale, edge=1.0):
        values = self.random.normal(0, scale, shape)
        if edge != 1:
            values[..., [0, -1]] *= edge
        return self.const(values, numpy.float32)

    def add(self, op, inputs, outputs=None, **attributes):
        self.count += 1
        made = outputs or [f"t{self.count}"]
        self.nodes.append(helper.make_node(op, inputs, made, f"/{op}_{self.count}", **attributes))
        return made[0]

    def linear(self, x, inside, out, gain=1.0, bias=None):
        """A layer as dynamic quantization of ONNX Runtime leaves it."""
        values = self.random.normal(0, gain / math.sqrt(inside), (inside, out))
        scale = numpy.abs(values).max() / 127
        number = self.count
        quantized, step, zero = f"q{number}", f"q{number}s", f"q{number}z"
        self.nodes.append(
            helper.make_node("DynamicQuantizeLinear", [x], [quantized, step, zero], f"/q{number}")
        )
        weight = self.const(numpy.rint(values / scale), numpy.int8)
        weight_scale = self.const(scale, numpy.float32)
        product = self.add("MatMulInteger", [quantized, weight, zero, self.const(0, numpy.int8)])
        scales = self.add("Mul", [step, weight_scale])
        scaled = self.add("Mul", [self.add("Cast", [product], to=TensorProto.FLOAT), scales])
        bias = numpy.zeros(out) if bias is None else bias
        return self.add("Add", [self.const(bias, numpy.float32), scaled])

    def gelu(self, x):
        erf = self.add("Erf", [self.add("Div", [x, self.const(math.sqrt(2), numpy.float32)])])
        one = self.add("Add", [erf, self.const(1, numpy.float32)])
        return self.add("Mul", [self.add("Mul", [x, one]), self.const(0.5, numpy.float32)])

    def norm(self, x, size):
        return self.add(
            "LayerNormalization",
            [x, self.const(numpy.ones(size), numpy.float32), self.normal((size,), 0.1)],
            axis=-1,
            epsilon=1e-5,
        )

    def conv(self, x, out, inside, group=1, edge=1.0):
        power = KERNEL - 2 + 2 * edge**2
        weight = self.normal((out, inside // group, KERNEL), 1 / math.sqrt(inside // group * power), edge)
        pad = KERNEL // 2
        return self.add(
            "Conv", [x, weight, self.normal((out,), 0.05)], dilations=[1], group=group,
            kernel_shape=[KERNEL], pads=[pad, pad], strides=[1],
        )

    def turned(self, x):
        return self.add("Transpose", [x], perm=[0, 2, 1])


def attention(net, x, size):
    """One head over the whole sentence, added to what it reads."""
    query, key, value = (net.linear(x, size, size) for _ in range(3))
    scores = net.add("MatMul", [query, net.turned(key)])
    scores = net.add("Mul", [scores, net.const(1 / math.sqrt(size), numpy.float32)])
    shares = net.add("Softmax", [scores], axis=-1)
    mixed = net.add("MatMul", [shares, value])
    return net.add("Add", [x, net.add("Mul", [mixed, net.const(0.5, numpy.float32)])])


def table(vocab, value):
    values = numpy.zeros(max(vocab.values()) + 1)
    for symbol, number in [("", 0), *vocab.items()]:
        values[number] = value(symbol)
    return values[:, None]


def units(symbol):
    """The logarithm of a duration plus one."""
    if symbol == "":
        return math.log(11)
    return math.log(2.6 if symbol in "ˈˌː" else 8 if symbol in SILENT and symbol != " " else 5)


def by_number(net, values, ids):
    return net.add("Gather", [net.const(values, numpy.float32), ids])


def durations(net, vocab, x, ids):
    logs = net.add("Add", [by_number(net, table(vocab, units), ids), net.linear(x, PROSODY, 1, 0.2)])
    longer = net.add("Sub", [net.add("Exp", [logs]), net.const(1, numpy.float32)])
    rate = net.add("Div", [longer, "speed"])
    whole = net.add("Clip", [net.add("Round", [rate]), net.const(1, numpy.float32), ""])
    flat = net.add("Reshape", [whole, net.const([-1])])
    return net.add("Cast", [flat], to=TensorProto.INT64)


def expansion(net, lengths):
    """For each frame of a sentence the index of its phoneme number; two frames for each unit."""
    ends = net.add("CumSum", [lengths, net.const(0)])
    total = net.add("ReduceSum", [lengths], keepdims=0)
    times = net.add("Range", [net.const(0), total, net.const(1)])
    row = net.add("Unsqueeze", [times, net.const([1])])
    behind = net.add("GreaterOrEqual", [row, net.add("Unsqueeze", [ends, net.const([0])])])
    index = net.add(
        "ReduceSum", [net.add("Cast", [behind], to=TensorProto.INT64), net.const([1])], keepdims=0
    )
    twice = net.add("Tile", [net.add("Unsqueeze", [index, net.const([1])]), net.const([1, 2])])
    return net.add("Reshape", [twice, net.const([-1])])


def decoder(net, x):
    x = net.conv(x, HIDDEN, ROWS, edge=EDGE)
    for _ in range(BLOCKS):
        block = net.norm(net.turned(net.conv(x, HIDDEN, HIDDEN, group=HIDDEN, edge=EDGE)), HIDDEN)
        block = net.gelu(net.linear(block, HIDDEN, WIDE, 1.5))
        block = net.linear(block, WIDE, HIDDEN, 2)
        x = net.add("Add", [x, net.turned(net.add("Mul", [net.normal((HIDDEN,), 0.4), block]))])
    frames = net.norm(net.turned(x), HIDDEN)
    fall = numpy.linspace(0, -4, BINS)
    bias = numpy.concatenate(
        [fall, numpy.zeros(BINS), fall + 1, fall - 1, net.random.normal(0, 2, BINS)]
    )
    parts = net.turned(net.linear(frames, HIDDEN, 5 * BINS, 0.7, bias))
    net.add(
        "Split", [parts, net.const([BINS] * 5)], ["lh", "theta", "ln", "lr", "phi"], axis=1
    )


def model(vocab):
    net = Net(7)
    numbers = max(vocab.values()) + 1
    text = net.add("Gather", [net.normal((numbers, TEXT), 1.0), "ids"])
    text = net.norm(attention(net, text, TEXT), TEXT)
    prosody = net.add("Gather", [net.normal((numbers, PROSODY), 1.0), "ids"])
    prosody = net.norm(attention(net, prosody, PROSODY), PROSODY)
    index = expansion(net, durations(net, vocab, prosody, "ids"))
    energy = table(vocab, lambda symbol: -9 if symbol == "" or symbol in SILENT else 6)
    pitch = table(vocab, lambda symbol: 130 if symbol and symbol in VOWELS else 0)
    varied = net.add("Add", [by_number(net, energy, "ids"), net.linear(prosody, PROSODY, 1, 0.5)])
    frames = net.add("Gather", [net.turned(text), index], axis=2)
    energies = net.add("Gather", [net.turned(varied), index], axis=2)
    pitches = net.add("Gather", [net.turned(by_number(net, pitch, "ids")), index], axis=2)
    net.add("Squeeze", [pitches, net.const([1])], ["f0"])
    log = net.add("Log", [net.add("Add", [pitches, net.const(1, numpy.float32)])])
    five = net.const(5, numpy.float32)
    decoder(
        net,
        net.add(
            "Concat",
            [frames, net.add("Div", [log, five]), net.add("Div", [energies, five])],
            axis=1,
        ),
    )
    graph = helper.make_graph(
        net.nodes,
        "tiny-hibari",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "L"]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in [
                *((part, [1, BINS, "F"]) for part in ["lh", "theta", "ln", "lr", "phi"]),
                ("f0", [1, "F"]),
            ]
        ],
        net.weights,
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="tiny")
    made.ir_version = 8
    checker.check_model(made)
    return made


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    vocab = {symbol: number + 1 for number, symbol in enumerate(SILENT + SYMBOLS)}
    save(model(vocab), folder / "tiny.onnx")
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False) + "\n", "utf-8")
    (folder / "metadata.yaml").write_text("languages: [en-US]\nlicense: Apache-2.0\n", "utf-8")


if __name__ == "__main__":
    main()
