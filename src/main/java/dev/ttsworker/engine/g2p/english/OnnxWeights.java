package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.graph.ModelWeights;
import java.util.LinkedHashMap;
import java.util.Map;

/// Weights of an ONNX file: its named constants as floats; int8 constants are dequantized by the
/// `_scale` and `_zero_point` beside them.
final class OnnxWeights {
  private static final String QUANTIZED = "_quantized";

  private final Map<String, float[]> values;

  private OnnxWeights(Map<String, float[]> values) {
    this.values = values;
  }

  /// @param model content of the file
  /// @throws IllegalArgumentException when it is no such file
  static Map<String, float[]> read(byte[] model) {
    return new OnnxWeights(ModelWeights.read(model)).dequantized();
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
