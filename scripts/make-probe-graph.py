#!/usr/bin/env python3
"""Writes the small graph that the device probe runs: Conv, then ConvTranspose. Needs onnx, numpy."""

import sys

import numpy
from onnx import TensorProto, helper, numpy_helper, save

random = numpy.random.default_rng(7)


def weight(name, *shape):
    return numpy_helper.from_array(random.normal(0, 0.3, shape).astype(numpy.float32), name)


graph = helper.make_graph(
    [
        helper.make_node("Conv", ["input", "conv"], ["hidden"], pads=[3, 3]),
        helper.make_node("ConvTranspose", ["hidden", "up"], ["output"], strides=[4]),
    ],
    "probe",
    [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 1, None])],
    [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, None])],
    [weight("conv", 8, 1, 7), weight("up", 8, 1, 8)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
save(model, sys.argv[1])
