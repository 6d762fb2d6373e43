package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/// Saturation probe: tests by a run whether products of unsigned and signed bytes are exact. On
/// x86-64 without VNNI the runtime adds them in pairs as 16-bit numbers, which large ones exceed.
final class SaturationProbe {
  private static final String GRAPH = "saturation.onnx";
  private static final int COLUMNS = 64;
  private static final int LARGEST = 255;
  private static final int WEIGHT = 127;

  private SaturationProbe() {}

  static boolean saturates(OrtEnvironment environment) throws OrtException {
    float[] input = new float[COLUMNS];
    Arrays.fill(input, LARGEST);
    try (OrtSession.SessionOptions options = OrtRuntime.cpuOptions();
        OrtSession session = environment.createSession(Resource.read(GRAPH), options);
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), new long[] {1, COLUMNS});
        OrtSession.Result result = session.run(Map.of("input", tensor), Set.of("output"))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      boolean exact = true;
      while (output.hasRemaining()) {
        exact &= output.get() == COLUMNS * LARGEST * WEIGHT;
      }
      return !exact;
    }
  }
}
