package dev.ttsworker.engine.g2p.english;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// ONNX file of a tiny net for unknown words: it says the letters a, b, z as æ, b, z, one by one.
final class TinyOnnx {
  private static final int WIDTH = 4;
  private static final int SYMBOLS = 4; // blank, æ, b, z

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

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
    onnx.tensor("onnx::MatMul_20_quantized", 3, 9, diagonal);
    onnx.tensor("onnx::MatMul_20_scale", 1, 4, little(0.5f));
    onnx.tensor("onnx::MatMul_20_zero_point", 3, 5, new byte[] {1});
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    field(model, 7, onnx.graph.toByteArray());
    return model.toByteArray();
  }

  private void floats(String name, float... values) {
    tensor(name, 1, 9, little(values));
  }

  private static byte[] little(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private void tensor(String name, int type, int field, byte[] content) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    tensor.write(2 << 3);
    tensor.write(type);
    field(tensor, 8, name.getBytes(StandardCharsets.UTF_8));
    field(tensor, field, content);
    field(graph, 5, tensor.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    varint(out, (number << 3) | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
