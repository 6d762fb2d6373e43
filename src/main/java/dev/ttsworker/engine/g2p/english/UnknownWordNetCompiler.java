package dev.ttsworker.engine.g2p.english;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Compiler of the net for unknown words: the weights of `oov.onnx` and the tables of `oov.json` to
/// a section with weights in half precision. Matrices are found by the numbers in their names,
/// which follow the order of the graph, and checked by their sizes.
final class UnknownWordNetCompiler {
  private static final String MATRIX = "onnx::MatMul_";
  private static final int PER_LAYER = 4;

  private final Map<String, float[]> weights;
  private final List<float[]> matrices;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private UnknownWordNetCompiler(Map<String, float[]> weights) {
    this.weights = weights;
    this.matrices =
        weights.keySet().stream()
            .filter(name -> name.matches(MATRIX + "\\d+"))
            .sorted(
                Comparator.comparingInt(name -> Integer.parseInt(name.substring(MATRIX.length()))))
            .map(weights::get)
            .toList();
  }

  /// @param model content of the ONNX file
  /// @param tables its `in`, `out`, `slots` and `maxlen`
  /// @throws IllegalArgumentException when the two do not belong together, or are something else
  static byte[] compile(byte[] model, JsonNode tables) throws IOException {
    return new UnknownWordNetCompiler(OnnxWeights.read(model)).compile(tables);
  }

  private byte[] compile(JsonNode tables) throws IOException {
    int[] letters = codePoints(tables, "in");
    int[] phonemes = codePoints(tables, "out");
    int slots = tables.path("slots").asInt(0);
    int places = tables.path("maxlen").asInt(0);
    float[] positions = constant("m.pos");
    if (places <= 0 || slots <= 0 || positions.length % places != 0) {
      throw new IllegalArgumentException(
          "slots %d, maxlen %d, m.pos has %d values".formatted(slots, places, positions.length));
    }
    int width = positions.length / places;
    int layers = (matrices.size() - 1) / PER_LAYER;
    int inner = constant("m.layers.0.linear1.bias").length;
    Integer[] order = IntStream.range(0, letters.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingInt(i -> letters[i]));
    write(Arrays.stream(order).map(i -> letters[i]).toList());
    write(Arrays.stream(phonemes).boxed().toList());
    out.writeInt(slots);
    out.writeInt(places);
    out.writeInt(width);
    out.writeInt(inner);
    out.writeInt(layers);
    write("m.pos", positions, places * width);
    writeEmbedding(order, width);
    for (int i = 0; i < layers; i++) {
      writeLayer(i, width, inner);
    }
    int symbols = slots * (phonemes.length + 1);
    write("m.norm.weight", width);
    write("m.norm.bias", width);
    write("head", matrices.getLast(), width * symbols);
    write("m.head.bias", symbols);
    return bytes.toByteArray();
  }

  private static int[] codePoints(JsonNode tables, String name) {
    int[] all =
        tables
            .path(name)
            .valueStream()
            .mapToInt(sign -> sign.asString("").codePointAt(0))
            .toArray();
    if (all.length == 0) {
      throw new IllegalArgumentException("its table has no list '" + name + "'");
    }
    return all;
  }

  /// Rows in the order of the letters; the first belongs to none.
  private void writeEmbedding(Integer[] order, int width) throws IOException {
    float[] rows = constant("m.emb.weight");
    if (rows.length != (order.length + 1) * width) {
      throw new IllegalArgumentException(
          "m.emb.weight has %d values for %d letters".formatted(rows.length, order.length));
    }
    write("m.emb.weight", Arrays.copyOf(rows, width), width);
    for (int letter : order) {
      write(
          "m.emb.weight",
          Arrays.copyOfRange(rows, (letter + 1) * width, (letter + 2) * width),
          width);
    }
  }

  private void writeLayer(int layer, int width, int inner) throws IOException {
    String name = "m.layers." + layer + ".";
    int matrix = layer * PER_LAYER;
    write(name + "norm1.weight", width);
    write(name + "norm1.bias", width);
    write(name + "attention", matrices.get(matrix), 3 * width * width);
    write(name + "self_attn.in_proj_bias", 3 * width);
    write(name + "projection", matrices.get(matrix + 1), width * width);
    write(name + "self_attn.out_proj.bias", width);
    write(name + "norm2.weight", width);
    write(name + "norm2.bias", width);
    write(name + "linear1", matrices.get(matrix + 2), width * inner);
    write(name + "linear1.bias", inner);
    write(name + "linear2", matrices.get(matrix + 3), inner * width);
    write(name + "linear2.bias", width);
  }

  private void write(List<Integer> codePoints) throws IOException {
    StringBuilder text = new StringBuilder();
    codePoints.forEach(text::appendCodePoint);
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private void write(String name, int size) throws IOException {
    write(name, constant(name), size);
  }

  private void write(String name, float[] values, int size) throws IOException {
    if (values.length != size) {
      throw new IllegalArgumentException(
          "%s has %d values, expected %d".formatted(name, values.length, size));
    }
    for (float value : values) {
      out.writeShort(Float.floatToFloat16(value));
    }
  }

  private float[] constant(String name) {
    float[] found = weights.get(name);
    if (found == null) {
      throw new IllegalArgumentException("it has no constant '" + name + "'");
    }
    return found;
  }
}
