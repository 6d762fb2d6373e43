package dev.ttsworker.engine.g2p.english;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// ONNX file of a tiny net for unknown words: it says the letters a, b, z as æ, b, z, one by one.
final class TinyOnnx {
  private static final int WIDTH = 4;
  private static final int SYMBOLS = 4; // blank, æ, b, z
  private static final int FLOAT = 1;
  private static final int INT8 = 3;

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  private TinyOnnx() {}

  static final String TABLES =
      """
      {"in": ["z", "a", "b"], "out": ["æ", "b", "z"], "slots": 1, "maxlen": 4}
      """;

  static byte[] model() {
    TinyOnnx onnx = new TinyOnnx();
    onnx.floats("m.pos", new float[4 * WIDTH]);
    // Rows: none, z, a, b; each letter has a place of its own.
    onnx.floats("m.emb.weight", 0, 0, 0, 0, 0, 0, 0, 9, 0, 9, 0, 0, 0, 0, 9, 0);
    String layer = "m.layers.0.";
    onnx.floats(layer + "self_attn.in_proj_bias", new float[3 * WIDTH]);
    onnx.floats(layer + "self_attn.out_proj.bias", new float[WIDTH]);
    onnx.floats(layer + "linear1.bias", new float[2]);
    onnx.floats(layer + "linear2.bias", new float[WIDTH]);
    for (String norm : new String[] {layer + "norm1", layer + "norm2", "m.norm"}) {
      onnx.floats(norm + ".weight", 1, 1, 1, 1);
      onnx.floats(norm + ".bias", new float[WIDTH]);
    }
    onnx.floats("m.head.bias", new float[SYMBOLS]);
    onnx.floats("onnx::MatMul_7", new float[3 * WIDTH * WIDTH]);
    onnx.floats("onnx::MatMul_10", new float[WIDTH * WIDTH]);
    onnx.floats("onnx::MatMul_11", new float[2 * WIDTH]);
    onnx.floats("onnx::MatMul_12", new float[2 * WIDTH]);
    // The head, in int8: half of 2 on the diagonal.
    byte[] diagonal = new byte[WIDTH * SYMBOLS];
    for (int i = 0; i < WIDTH; i++) {
      diagonal[i * SYMBOLS + i] = 3;
    }
    onnx.add(
        "onnx::MatMul_20_quantized",
        INT8,
        tensor -> tensor.setRawData(ByteString.copyFrom(diagonal)).addDims(WIDTH).addDims(SYMBOLS));
    onnx.add("onnx::MatMul_20_scale", FLOAT, tensor -> tensor.addFloatData(0.5f));
    onnx.add("onnx::MatMul_20_zero_point", INT8, tensor -> tensor.addInt32Data(1));
    return ModelProto.newBuilder().setGraph(onnx.graph).build().toByteArray();
  }

  private void floats(String name, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    add(
        name,
        FLOAT,
        tensor -> tensor.setRawData(ByteString.copyFrom(bytes)).addDims(values.length));
  }

  private void add(String name, int type, Consumer<TensorProto.Builder> content) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    content.accept(tensor);
    graph.addInitializer(tensor);
  }
}
