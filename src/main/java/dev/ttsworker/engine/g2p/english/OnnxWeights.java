package dev.ttsworker.engine.g2p.english;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Weights of an ONNX file: its named constants as floats. Reads the few fields of the format that
/// hold them; int8 constants are dequantised by the `_scale` and `_zero_point` beside them.
final class OnnxWeights {
  private static final int GRAPH_OF_MODEL = 7;
  private static final int INITIALIZER_OF_GRAPH = 5;
  private static final int FLOAT = 1;
  private static final int INT8 = 3;
  private static final String QUANTIZED = "_quantized";

  private final Map<String, float[]> values = new LinkedHashMap<>();

  private OnnxWeights() {}

  /// @param model content of the file
  /// @throws IllegalArgumentException when it is no such file
  static Map<String, float[]> read(byte[] model) {
    OnnxWeights weights = new OnnxWeights();
    try {
      ByteBuffer file = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
      fields(
          file,
          (field, graph) -> {
            if (field == GRAPH_OF_MODEL) {
              fields(
                  graph,
                  (inner, tensor) -> {
                    if (inner == INITIALIZER_OF_GRAPH) {
                      weights.addTensor(tensor);
                    }
                  });
            }
          });
    } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no ONNX model, or a damaged one", e);
    }
    return weights.dequantized();
  }

  private interface Visitor {
    void field(int number, ByteBuffer content);
  }

  /// Visits the length-delimited fields of a message; others are skipped.
  private static void fields(ByteBuffer message, Visitor visitor) {
    while (message.hasRemaining()) {
      long tag = varint(message);
      switch ((int) (tag & 7)) {
        case 0 -> varint(message);
        case 1 -> message.position(message.position() + Long.BYTES);
        case 5 -> message.position(message.position() + Integer.BYTES);
        case 2 -> visitor.field((int) (tag >>> 3), part(message));
        default -> throw new IndexOutOfBoundsException("wire type " + (tag & 7));
      }
    }
  }

  private static ByteBuffer part(ByteBuffer message) {
    int length = Math.toIntExact(varint(message));
    ByteBuffer part = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    message.position(message.position() + length);
    return part;
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = message.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of more than 64 bits");
  }

  private void addTensor(ByteBuffer tensor) {
    int type = 0;
    String name = "";
    ByteBuffer raw = ByteBuffer.allocate(0);
    ByteBuffer floats = ByteBuffer.allocate(0);
    float single = Float.NaN;
    while (tensor.hasRemaining()) {
      long tag = varint(tensor);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> {
          long value = varint(tensor);
          type = field == 2 ? (int) value : type;
          single = field == 5 ? value : single;
        }
        case 5 -> single = tensor.getFloat();
        case 2 -> {
          ByteBuffer part = part(tensor);
          name = field == 8 ? StandardCharsets.UTF_8.decode(part).toString() : name;
          raw = field == 9 ? part : raw;
          floats = field == 4 ? part : floats;
          single = field == 5 ? varint(part) : single;
        }
        default -> throw new IndexOutOfBoundsException("wire type " + (tag & 7));
      }
    }
    float[] read = values(type, raw, floats, single);
    if (read.length > 0) {
      values.put(name, read);
    }
  }

  private static float[] values(int type, ByteBuffer raw, ByteBuffer floats, float single) {
    if (type != FLOAT && type != INT8) {
      return new float[0];
    }
    ByteBuffer content = type == FLOAT && floats.hasRemaining() ? floats : raw;
    if (!content.hasRemaining()) {
      return Float.isNaN(single) ? new float[0] : new float[] {single};
    }
    float[] read = new float[content.remaining() / (type == FLOAT ? Float.BYTES : 1)];
    for (int i = 0; i < read.length; i++) {
      read[i] = type == FLOAT ? content.getFloat() : content.get();
    }
    return read;
  }

  private Map<String, float[]> dequantized() {
    Map<String, float[]> all = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (!name.endsWith(QUANTIZED)) {
        all.put(name, value);
        return;
      }
      String plain = name.substring(0, name.length() - QUANTIZED.length());
      float scale = single(plain + "_scale");
      float zero = single(plain + "_zero_point");
      float[] real = new float[value.length];
      for (int i = 0; i < real.length; i++) {
        real[i] = (value[i] - zero) * scale;
      }
      all.put(plain, real);
    });
    return all;
  }

  private float single(String name) {
    float[] value = values.get(name);
    if (value == null || value.length != 1) {
      throw new IllegalArgumentException("constant '" + name + "' is missing");
    }
    return value[0];
  }
}
