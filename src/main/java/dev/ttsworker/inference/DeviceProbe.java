package dev.ttsworker.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out by trying whether the GPU can be used: the runtime lists CUDA even where there is
/// none, and a missing cuDNN shows only when a convolution runs.
final class DeviceProbe {
  private static final String PROBE_GRAPH = "probe.onnx";
  private static final String NO_CUDA_LIBRARY = "Failed to find CUDA shared provider";
  private static final int PROBE_LENGTH = 64;
  private static final float TOLERANCE = 1e-2f;

  private final OrtEnvironment environment;
  private final CudaSettings cuda;
  private final Optional<Nvml> nvml;

  DeviceProbe(OrtEnvironment environment, CudaSettings cuda, Optional<Nvml> nvml) {
    this.environment = environment;
    this.cuda = cuda;
    this.nvml = nvml;
  }

  Device choose(DeviceChoice choice) {
    return switch (choice) {
      case CPU -> Device.cpu(false, "engine.device is cpu");
      case AUTO, CUDA -> probe(choice == DeviceChoice.CUDA);
    };
  }

  private Device probe(boolean demanded) {
    List<Integer> working = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (int id : cuda.deviceIds()) {
      Optional<String> failure = probe(id);
      failure.ifPresentOrElse(failures::add, () -> working.add(id));
    }
    String reasons = String.join("; ", new LinkedHashSet<>(failures));
    if (!working.isEmpty()) {
      String ran = "CUDA ran the probe graph correctly" + names(working);
      return new Device(
          working, !failures.isEmpty(), failures.isEmpty() ? ran : ran + ", but: " + reasons);
    }
    return demanded
        ? Device.cpu(true, "engine.device is cuda, but it does not work: " + reasons)
        : Device.cpu(false, reasons);
  }

  private String names(List<Integer> ids) {
    String known =
        nvml.stream()
            .flatMap(library -> ids.stream().map(library::name))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? "" : " on " + known;
  }

  /// Empty when the GPU works, else why it does not.
  private Optional<String> probe(int id) {
    try {
      return differs(runOnGpu(id), run(Optional.empty()))
          ? Optional.of("CUDA gave a wrong result for the probe graph")
          : Optional.empty();
    } catch (OrtException e) {
      return Optional.of(publicReason(e));
    }
  }

  private float[] runOnGpu(int id) throws OrtException {
    try (OrtCUDAProviderOptions provider = cuda.providerOptions(id)) {
      return run(Optional.of(provider));
    }
  }

  private float[] run(Optional<OrtCUDAProviderOptions> provider) throws OrtException {
    try (OrtSession.SessionOptions options = OrtRuntime.cpuOptions()) {
      if (provider.isPresent()) {
        options.addCUDA(provider.get());
      }
      try (OrtSession session = environment.createSession(probeGraph(), options);
          OnnxTensor input = OnnxTensor.createTensor(environment, ramp(), new long[] {1, 1, 64});
          OrtSession.Result result = session.run(Map.of("input", input), Set.of("output"))) {
        FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] values = new float[output.remaining()];
        output.get(values);
        return values;
      }
    }
  }

  private static FloatBuffer ramp() {
    float[] values = new float[PROBE_LENGTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 7) / 7f - 0.5f;
    }
    return FloatBuffer.wrap(values);
  }

  private static boolean differs(float[] left, float[] right) {
    for (int i = 0; i < right.length; i++) {
      if (left.length != right.length || !(Math.abs(left[i] - right[i]) <= TOLERANCE)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] probeGraph() {
    try (InputStream graph = DeviceProbe.class.getResourceAsStream(PROBE_GRAPH)) {
      if (graph == null) {
        throw new IllegalStateException(PROBE_GRAPH + " is missing from the build");
      }
      return graph.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The runtime's reason on one line, without the paths of this machine.
  static String publicReason(OrtException failure) {
    String message = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    if (message.endsWith(NO_CUDA_LIBRARY)) {
      return "this ONNX Runtime was built without CUDA";
    }
    String plain =
        message
            .replaceFirst("^Error code - \\w+ - message: ", "")
            .replaceFirst("^.*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", "")
            .strip();
    String withoutPaths = plain.replaceAll("(?:[A-Za-z]:)?[\\\\/](?:[^\\\\/\\s:]+[\\\\/])+", "");
    return withoutPaths.length() > 300 ? withoutPaths.substring(0, 300) + "…" : withoutPaths;
  }
}
