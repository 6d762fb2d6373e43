package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.Device;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Device probe: tests by a run whether the GPU can be used, since the runtime lists CUDA even
/// where there is none, and a missing cuDNN shows only when a convolution runs.
final class DeviceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceProbe.class);
  private static final String PROBE_GRAPH = "probe.onnx";
  private static final String NO_CUDA_LIBRARY = "Failed to find CUDA shared provider";
  private static final int PROBE_LENGTH = 64;
  private static final float TOLERANCE = 1e-2f;

  private final List<Integer> ids;
  private final Trial trial;
  private final IntFunction<Optional<String>> names;

  DeviceProbe(OrtEnvironment environment, CudaSettings cuda, Optional<Nvml> nvml) {
    this(
        cuda.deviceIds(),
        gpu -> run(environment, cuda, gpu),
        id -> nvml.flatMap(library -> library.name(id)));
  }

  /// @param ids devices to probe
  /// @param names of GPUs, by id
  DeviceProbe(List<Integer> ids, Trial trial, IntFunction<Optional<String>> names) {
    this.ids = ids;
    this.trial = trial;
    this.names = names;
  }

  /// Run of the probe graph.
  @FunctionalInterface
  interface Trial {
    /// Runs the probe graph.
    ///
    /// @param gpu device id; empty for the CPU
    /// @return its output
    float[] run(OptionalInt gpu) throws OrtException;
  }

  Device choose(EngineSettings.Device choice) {
    return switch (choice) {
      case CPU -> Device.cpu(false, "engine.device is cpu");
      case AUTO, CUDA -> probe(choice == EngineSettings.Device.CUDA);
    };
  }

  private Device probe(boolean required) {
    List<Integer> working = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (int id : ids) {
      Optional<String> failure = probe(id);
      failure.ifPresentOrElse(failures::add, () -> working.add(id));
    }
    String reasons = String.join("; ", new LinkedHashSet<>(failures));
    if (!working.isEmpty()) {
      String ran = "CUDA ran the probe graph correctly" + named(working);
      return new Device(
          working, !failures.isEmpty(), failures.isEmpty() ? ran : ran + ", but: " + reasons);
    }
    return required
        ? Device.cpu(true, "engine.device is cuda, but it does not work: " + reasons)
        : Device.cpu(false, reasons);
  }

  /// Names are for logs only: a failure to read them does not disable the GPUs.
  private String named(List<Integer> working) {
    try {
      String known =
          working.stream()
              .map(names::apply)
              .flatMap(Optional::stream)
              .collect(Collectors.joining(", "));
      return known.isEmpty() ? "" : " on " + known;
    } catch (Throwable e) {
      LOG.atWarn().setCause(e).log("Cannot read the names of the GPUs");
      return "";
    }
  }

  /// Empty when the GPU works, else the reason. No failure, such as a library that cannot be
  /// linked, may prevent the CPU from being used.
  private Optional<String> probe(int id) {
    try {
      return differs(trial.run(OptionalInt.of(id)), trial.run(OptionalInt.empty()))
          ? Optional.of("CUDA gave a wrong result for the probe graph")
          : Optional.empty();
    } catch (Throwable e) {
      LOG.debug("GPU {} does not run the probe graph: {}", id, e.toString());
      return Optional.of(publicReason(e));
    }
  }

  private static float[] run(OrtEnvironment environment, CudaSettings cuda, OptionalInt gpu)
      throws OrtException {
    try (OrtSession.SessionOptions options = OrtRuntime.cpuOptions()) {
      if (gpu.isEmpty()) {
        return run(environment, options);
      }
      try (OrtCUDAProviderOptions provider =
          cuda.providerOptions(gpu.getAsInt(), cuda.memoryLimitBytes())) {
        options.addCUDA(provider);
        return run(environment, options);
      }
    }
  }

  private static float[] run(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws OrtException {
    try (OrtSession session = environment.createSession(Resource.read(PROBE_GRAPH), options);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, ramp(), new long[] {1, 1, PROBE_LENGTH});
        OrtSession.Result result = session.run(Map.of("input", input), Set.of("output"))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
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

  /// The reason of a failure on one line, without the paths of this machine. For failures outside
  /// of the runtime with the type.
  static String publicReason(Throwable failure) {
    String said =
        failure instanceof OrtException
            ? String.valueOf(failure.getMessage())
            : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    String message = said.replaceAll("\\s+", " ");
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
