#!/usr/bin/env python3
"""Writes the small graphs that the runtime tries at the start into a folder. Needs onnx, numpy.

    scripts/make-probe-graph.py src/main/resources/dev/ttsworker/engine/runtime

probe.onnx      Conv, then ConvTranspose: does a device compute right?
saturation.onnx a product of bytes, all with the largest values: does it fit into the CPU's arithmetic?
"""

import pathlib
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper, save

COLUMNS = 64
random = numpy.random.default_rng(7)
folder = pathlib.Path(sys.argv[1])


def weight(name, *shape):
    return numpy_helper.from_array(random.normal(0, 0.3, shape).astype(numpy.float32), name)


def write(name, nodes, shape, weights):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    save(model, folder / f"{name}.onnx")


write(
    "probe",
    [
        helper.make_node("Conv", ["input", "conv"], ["hidden"], pads=[3, 3]),
        helper.make_node("ConvTranspose", ["hidden", "up"], ["output"], strides=[4]),
    ],
    [1, 1, None],
    [weight("conv", 8, 1, 7), weight("up", 8, 1, 8)],
)
write(
    "saturation",
    [
        helper.make_node("Cast", ["input"], ["bytes"], to=TensorProto.UINT8),
        helper.make_node("MatMulInteger", ["bytes", "weights"], ["product"]),
        helper.make_node("Cast", ["product"], ["output"], to=TensorProto.FLOAT),
    ],
    [1, COLUMNS],
    [numpy_helper.from_array(numpy.full((COLUMNS, COLUMNS), 127, numpy.int8), "weights")],
)
