#!/usr/bin/env python3
"""Writes the tiny Piper-shaped voices of the tests: the graph of a real export with few channels.

    scripts/make-tiny-voice.py src/test/resources/voicepacks/piper

Same stages, node names, kernels and dilations as a stock medium voice, so that the context a
window needs is the same (32 frames for the flow, 11 for the decoder), with random weights of a
fixed seed. The sound is noise-like but audible. Needs onnx and numpy.
"""

import json
import math
import pathlib
import sys

import numpy
from onnx import TensorProto, checker, helper, numpy_helper, save

HIDDEN = 6
LATENT = 8
SPEAKER = 4
COUPLINGS = 4
LAYERS = 4
UPS = [(8, 16, 4), (8, 16, 4), (4, 8, 4)]
RESBLOCKS = [(3, (1, 2)), (5, (2, 6)), (7, (3, 12))]
# Random taps alone would hardly hear what lies at the edge of the context: with 24 frames for the
# flow, or 10 for the decoder, the windows would seem to join. So the outermost taps weigh more.
EDGE = 12
SYMBOLS = (
    "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶ"
    "ɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʲˈˌːˑ˞βθχᵻⱱ0123456789\u0327\u0303\u032a\u032f\u0329ʰˤε↓#\"↑"
    "\u033a\u033bgʦX\u0361"
)


class Net:
    """Collects nodes and weights; every method returns the name of the tensor it made."""

    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.nodes = []
        self.weights = []

    def constant(self, name, values, dtype=numpy.int64):
        tensor = numpy_helper.from_array(numpy.array(values, dtype), name + "_value")
        self.nodes.append(helper.make_node("Constant", [], [name + "_output_0"], name, value=tensor))
        return name + "_output_0"

    def weight(self, name, shape, scale, edge=1.0):
        values = self.random.normal(0, scale, shape).astype(numpy.float32)
        if edge != 1:
            values[..., [0, -1]] *= edge
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def add(self, op, name, inputs, outputs=1, **attributes):
        made = [f"{name}_output_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, made, name, **attributes))
        return made[0] if outputs == 1 else made

    def conv(self, name, x, out, inside, kernel=1, dilation=1, gain=1.0, bias=True, edge=1.0):
        """`edge` makes the outermost taps weigh so many times more."""
        path = name.strip("/").replace("/", ".").removesuffix(".Conv")
        power = kernel - 2 + 2 * edge**2 if kernel > 1 else 1
        scale = gain / math.sqrt(inside * power)
        inputs = [x, self.weight(path + ".weight", (out, inside, kernel), scale, edge)]
        if bias:
            inputs.append(self.weight(path + ".bias", (out,), 0.05))
        pad = dilation * (kernel - 1) // 2
        return self.add(
            "Conv", name, inputs, dilations=[dilation], group=1, kernel_shape=[kernel],
            pads=[pad, pad], strides=[1],
        )


def text_encoder(net, symbols):
    net.weight("enc_p.emb.weight", (symbols, HIDDEN), 1.0)
    x = net.add("Gather", "/enc_p/emb/Gather", ["enc_p.emb.weight", "input"])
    x = net.add("Mul", "/enc_p/Mul", [x, net.constant("/enc_p/Constant", 1.5, numpy.float32)])
    x = net.add("Transpose", "/enc_p/Transpose", [x], perm=[0, 2, 1])
    shape = net.add("Shape", "/enc_p/Shape", [x])
    length = net.add("Gather", "/enc_p/Gather", [shape, net.two])
    positions = net.add("Range", "/enc_p/Range", [net.zero, length, net.one])
    row = net.add("Unsqueeze", "/enc_p/Unsqueeze", [positions, net.axis0])
    column = net.add("Unsqueeze", "/enc_p/Unsqueeze_1", ["input_lengths", net.axis1])
    inside = net.add("Less", "/enc_p/Less", [row, column])
    inside = net.add("Unsqueeze", "/enc_p/Unsqueeze_2", [inside, net.axis1])
    mask = net.add("Cast", "/enc_p/Cast_1", [inside], to=TensorProto.FLOAT)
    x = net.add("Mul", "/enc_p/Mul_1", [x, mask])
    x = net.conv("/enc_p/encoder/ffn_layers.0/conv_1/Conv", x, HIDDEN, HIDDEN, kernel=3)
    x = net.add("Relu", "/enc_p/encoder/ffn_layers.0/Relu", [x])
    both = net.conv("/enc_p/proj/Conv", x, 2 * LATENT, HIDDEN)
    both = net.add("Mul", "/enc_p/Mul_2", [both, mask])
    halves = net.constant("/enc_p/Constant_7", [LATENT, LATENT])
    mean, log_scale = net.add("Split", "/enc_p/Split", [both, halves], 2, axis=1)
    return x, mask, mean, log_scale


def durations(net, x, mask, speaker, noise_w, length_scale):
    x = net.conv("/dp/pre/Conv", x, HIDDEN, HIDDEN)
    if speaker:
        x = net.add("Add", "/dp/Add", [x, net.conv("/dp/cond/Conv", speaker, HIDDEN, SPEAKER)])
    x = net.conv("/dp/proj/Conv", x, 2, HIDDEN, kernel=3, gain=0.5)
    like = net.add("Shape", "/dp/Shape", [x])
    like = net.add("ConstantOfShape", "/dp/ConstantOfShape", [like])
    noise = net.add("RandomNormalLike", "/dp/RandomNormalLike", [like], dtype=TensorProto.FLOAT)
    noise = net.add("Mul", "/dp/Mul_1", [noise, noise_w])
    x = net.add("Add", "/dp/Add_1", [x, noise])
    x = net.add("Tanh", "/dp/Tanh", [x])
    ones = net.constant("/dp/Constant_3", [1, 1])
    first, _ = net.add("Split", "/dp/Split", [x, ones], 2, axis=1)
    longer = net.add("Add", "/dp/Add_2", [first, net.constant("/dp/Constant_4", 0.8, numpy.float32)])
    x = net.add("Exp", "/Exp", [longer])
    x = net.add("Mul", "/Mul", [x, mask])
    x = net.add("Mul", "/Mul_1", [x, length_scale])
    return net.add("Ceil", "/Ceil", [x])


def alignment(net, mask, ceil):
    """The attention matrix [1, frames, phonemes] and the frame mask, as PyTorch exports them."""
    total = net.add("ReduceSum", "/ReduceSum", [ceil, net.constant("/Constant_20", [1, 2])], keepdims=0)
    total = net.add("Clip", "/Clip", [total, net.constant("/Constant_21", 1.0, numpy.float32), ""])
    total = net.add("Cast", "/Cast", [total], to=TensorProto.INT64)
    longest = net.add("ReduceMax", "/ReduceMax", [total], keepdims=0)
    frames = net.add("Range", "/Range", [net.zero, longest, net.one])
    row = net.add("Unsqueeze", "/Unsqueeze", [frames, net.axis0])
    column = net.add("Unsqueeze", "/Unsqueeze_1", [total, net.axis1])
    inside = net.add("Less", "/Less", [row, column])
    inside = net.add("Unsqueeze", "/Unsqueeze_2", [inside, net.axis1])
    frame_mask = net.add("Cast", "/Cast_2", [inside], to=TensorProto.FLOAT)
    ends = net.add("CumSum", "/CumSum", [ceil, net.constant("/dp/flows.7/Constant_86", 2)])
    ends = net.add("Transpose", "/Transpose", [ends], perm=[0, 2, 1])
    numbers = net.add("Cast", "/Cast_3", [row], to=TensorProto.FLOAT)
    numbers = net.add("Unsqueeze", "/Unsqueeze_5", [numbers, net.axis0])
    before = net.add("Less", "/Less_1", [numbers, ends])
    before = net.add("Cast", "/Cast_4", [before], to=TensorProto.FLOAT)
    pads = net.constant("/Cast_5", [0, 1, 0, 0, 0, 0])
    shifted = net.add("Pad", "/Pad", [before, pads, ""])
    minus = net.constant("/enc_p/encoder/Constant_1", [-1])
    shifted = net.add("Slice", "/Slice_1", [shifted, net.axis0, minus, net.axis1, net.axis1])
    path = net.add("Sub", "/Sub", [before, shifted])
    path = net.add("Unsqueeze", "/Unsqueeze_10", [path, net.axis1])
    path = net.add("Transpose", "/Transpose_1", [path], perm=[0, 1, 3, 2])
    grid = net.add("Unsqueeze", "/Unsqueeze_3", [mask, net.axis2])
    wide = net.add("Unsqueeze", "/Unsqueeze_4", [frame_mask, net.axis3])
    path = net.add("Mul", "/Mul_4", [path, net.add("Mul", "/Mul_2", [wide, grid])])
    return net.add("Squeeze", "/Squeeze", [path, net.axis1]), frame_mask


def spread(net, path, stage, number):
    """Repeats each phoneme's column over its frames."""
    columns = net.add("Transpose", f"/Transpose_{number}", [stage], perm=[0, 2, 1])
    name = "/MatMul" if number == 2 else "/MatMul_1"
    rows = net.add("MatMul", name, [path, columns])
    return net.add("Transpose", f"/Transpose_{number + 1}", [rows], perm=[0, 2, 1])


def coupling(net, z, mask, speaker, index):
    base = f"/flow/flows.{2 * index}"
    # A negative step over the channels: the Flip of the original.
    far = net.constant(f"{base}/Constant_9", [-(2**62)])
    minus = net.constant(f"{base}/Constant_8", [-1])
    z = net.add("Slice", f"/flow/flows.{2 * index + 1}/Slice", [z, minus, far, net.axis1, minus])
    half = LATENT // 2
    halves = net.constant(f"{base}/Constant", [half, half])
    kept, changed = net.add("Split", f"{base}/Split", [z, halves], 2, axis=1)
    x = net.conv(f"{base}/pre/Conv", kept, HIDDEN, half)
    x = net.add("Mul", f"{base}/Mul", [x, mask])
    if speaker:
        condition = net.conv(f"{base}/enc/cond_layer/Conv", speaker, HIDDEN, SPEAKER)
    skip = None
    for layer in range(LAYERS):
        y = net.conv(f"{base}/enc/in_layers.{layer}/Conv", x, HIDDEN, HIDDEN, kernel=5, gain=1.5, edge=EDGE)
        if speaker:
            y = net.add("Add", f"{base}/enc/Add_9{layer}", [y, condition])
        # The fused gate of the original has nodes without a path.
        y = net.add("Tanh", f"Tanh_{1000 + 10 * index + layer}", [y])
        y = net.conv(f"{base}/enc/res_skip_layers.{layer}/Conv", y, HIDDEN, HIDDEN, gain=1.5)
        x = net.add("Add", f"{base}/enc/Add_{layer}", [x, y])
        x = net.add("Mul", f"{base}/enc/Mul_{layer}", [x, mask])
        skip = y if skip is None else net.add("Add", f"{base}/enc/Add_8{layer}", [skip, y])
    skip = net.add("Mul", f"{base}/enc/Mul_9", [skip, mask])
    shift = net.conv(f"{base}/post/Conv", skip, half, HIDDEN, gain=1.4)
    shift = net.add("Mul", f"{base}/Mul_1", [shift, mask])
    changed = net.add("Sub", f"{base}/Sub", [changed, shift])
    return net.add("Concat", f"{base}/Concat", [kept, changed], axis=1)


def decoder(net, z, speaker):
    channels = UPS[0][2]
    x = net.conv("/dec/conv_pre/Conv", z, channels, LATENT, kernel=7, edge=EDGE)
    if speaker:
        x = net.add("Add", "/dec/Add_9", [x, net.conv("/dec/cond/Conv", speaker, channels, SPEAKER)])
    for stage, (stride, kernel, out) in enumerate(UPS):
        x = net.add("LeakyRelu", f"/dec/LeakyRelu_{stage}", [x], alpha=0.1)
        pad = (kernel - stride) // 2
        inputs = [
            x,
            net.weight(f"dec.ups.{stage}.weight", (channels, out, kernel), 1 / math.sqrt(2 * channels), 2),
            net.weight(f"dec.ups.{stage}.bias", (out,), 0.02),
        ]
        x = net.add(
            "ConvTranspose", f"/dec/ups.{stage}/ConvTranspose", inputs, dilations=[1], group=1,
            kernel_shape=[kernel], pads=[pad, pad], strides=[stride],
        )
        channels = out
        total = None
        for block, (size, dilations) in enumerate(RESBLOCKS):
            y = x
            base = f"/dec/resblocks.{stage * len(RESBLOCKS) + block}"
            for step, dilation in enumerate(dilations):
                a = net.add("LeakyRelu", f"{base}/LeakyRelu_{step}", [y], alpha=0.1)
                a = net.conv(f"{base}/convs.{step}/Conv", a, out, out, size, dilation, edge=EDGE)
                y = net.add("Add", f"{base}/Add_{step}", [a, y])
            total = y if total is None else net.add("Add", f"/dec/Add_{stage}{block}", [total, y])
        three = net.constant(f"/dec/Constant_{stage}", 3.0, numpy.float32)
        x = net.add("Div", f"/dec/Div_{stage}", [total, three])
    x = net.add("LeakyRelu", "/dec/LeakyRelu_9", [x], alpha=0.01)
    x = net.conv("/dec/conv_post/Conv", x, 1, channels, kernel=7, gain=0.035, bias=False)
    x = net.add("Tanh", "/dec/Tanh", [x])
    net.nodes.append(helper.make_node("Unsqueeze", [x, net.axis1], ["output"], "/Unsqueeze_11"))


def voice(seed, symbols, speakers):
    net = Net(seed)
    net.zero, net.one, net.two = (net.constant(f"/Constant_{i}", i) for i in range(3))
    # Shared by all stages, as real exports share them.
    net.axis0 = net.constant("/enc_p/Constant_4", [0])
    net.axis1 = net.constant("/enc_p/Constant_5", [1])
    net.axis2 = net.constant("/enc_p/Constant_6", [2])
    net.axis3 = net.constant("/enc_p/Constant_8", [3])
    noise_scale, length_scale, noise_w = (
        net.add("Gather", f"/Gather_{i}", ["scales", index])
        for i, index in enumerate((net.zero, net.one, net.two))
    )
    speaker = None
    if speakers > 1:
        net.weight("emb_g.weight", (speakers, SPEAKER), 1.0)
        speaker = net.add("Gather", "/emb_g/Gather", ["emb_g.weight", "sid"])
        speaker = net.add("Unsqueeze", "/Unsqueeze_12", [speaker, net.constant("/Constant_9", [-1])])
    x, mask, mean, log_scale = text_encoder(net, symbols)
    ceil = durations(net, x, mask, speaker, noise_w, length_scale)
    path, frame_mask = alignment(net, mask, ceil)
    mean = spread(net, path, mean, 2)
    log_scale = spread(net, path, log_scale, 4)
    noise = net.add("RandomNormalLike", "/RandomNormalLike", [mean], dtype=TensorProto.FLOAT)
    noise = net.add("Mul", "/Mul_5", [noise, net.add("Exp", "/Exp_1", [log_scale])])
    z = net.add("Add", "/Add", [mean, net.add("Mul", "/Mul_6", [noise, noise_scale])])
    for index in reversed(range(COUPLINGS)):
        z = coupling(net, z, frame_mask, speaker, index)
    z = net.add("Mul", "/Mul_7", [z, frame_mask])
    decoder(net, z, speaker)
    return model(net, speakers)


def model(net, speakers):
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, ["batch_size", "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch_size"]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, ["batch_size"]))
    output = helper.make_tensor_value_info(
        "output", TensorProto.FLOAT, ["batch_size", "time", 1, "samples"]
    )
    graph = helper.make_graph(net.nodes, "main_graph", inputs, [output], net.weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    made.producer_name = "make-tiny-voice"
    checker.check_model(made, full_check=True)
    return made


def config(symbols, speakers):
    return {
        "audio": {"sample_rate": 22050, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": {symbol: [i] for i, symbol in enumerate(symbols)},
        "num_symbols": len(symbols),
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker-{i}": i for i in range(speakers)} if speakers > 1 else {},
    }


def write(folder, name, seed, speakers):
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    save(voice(seed, len(SYMBOLS), speakers), target / f"{name}.onnx")
    text = json.dumps(config(SYMBOLS, speakers), ensure_ascii=False, indent=1)
    (target / f"{name}.onnx.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    write(root, "tiny", 11, 1)
    write(root, "tiny-speakers", 12, 3)
