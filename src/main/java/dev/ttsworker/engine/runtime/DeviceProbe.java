package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.Device;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Device probe: tests by a run whether a GPU can be used, since the runtime lists CUDA even where
/// there is none, and a missing cuDNN shows only when a convolution runs.
final class DeviceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceProbe.class);
  private static final String PROBE_GRAPH = "probe.onnx";
  private static final String NO_LIBRARY = "engine.webgpu_library is not set";
  private static final int PROBE_LENGTH = 64;
  private static final float TOLERANCE = 1e-2f;

  private final Providers providers;
  private final Trial trial;

  DeviceProbe(OrtEnvironment environment, Providers providers) {
    this(providers, target -> run(environment, target));
  }

  DeviceProbe(Providers providers, Trial trial) {
    this.providers = providers;
    this.trial = trial;
  }

  /// Device of a provider, by its number.
  record Target(ExecutionProvider provider, int device) {}

  /// Run of the probe graph.
  @FunctionalInterface
  interface Trial {
    /// Runs the probe graph.
    ///
    /// @param target empty for the CPU
    /// @return its output
    float[] run(Optional<Target> target) throws OrtException;
  }

  /// @param provider of the device; empty for the CPU
  record Found(Device device, Optional<ExecutionProvider> provider) {}

  Found choose(EngineSettings.Device choice) {
    return switch (choice) {
      case CPU -> cpu(false, "engine.device is cpu");
      case AUTO -> whicheverWorks();
      case CUDA -> required("cuda", Optional.of(providers.cuda()));
      case WEBGPU -> required("webgpu", providers.webGpu());
      case WEBGPU_SOFTWARE -> required("webgpu_software", providers.software());
    };
  }

  private static Found cpu(boolean degraded, String reason) {
    return new Found(Device.cpu(degraded, reason), Optional.empty());
  }

  private Found whicheverWorks() {
    Probed cuda = probe(providers.cuda());
    if (cuda.works() || providers.webGpu().isEmpty()) {
      return cuda.works() ? cuda.found() : cpu(false, cuda.failures());
    }
    Probed webGpu = probe(providers.webGpu().get());
    return webGpu.works() ? webGpu.found() : cpu(false, cuda.failures() + "; " + webGpu.failures());
  }

  private Found required(String choice, Optional<ExecutionProvider> provider) {
    Optional<Probed> probed = provider.map(this::probe);
    return probed
        .filter(Probed::works)
        .map(Probed::found)
        .orElseGet(() ->
            cpu(
                true,
                "engine.device is %s, but it does not work: %s"
                    .formatted(choice, probed.map(Probed::failures).orElse(NO_LIBRARY))));
  }

  /// @param working numbers of the devices that work
  /// @param failures of the others, joined
  private record Probed(ExecutionProvider provider, List<Integer> working, String failures) {
    boolean works() {
      return !working.isEmpty();
    }

    Found found() {
      String ran = provider.kind().label() + " ran the probe graph correctly" + named();
      return new Found(
          new Device(
              provider.kind(),
              working,
              !failures.isEmpty(),
              failures.isEmpty() ? ran : ran + ", but: " + failures),
          Optional.of(provider));
    }

    /// Names are for logs only: a failure to read them does not disable the GPUs.
    private String named() {
      try {
        String known =
            working.stream()
                .map(provider::deviceName)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "" : " on " + known;
      } catch (Throwable e) {
        LOG.atWarn().setCause(e).log("Cannot read the names of the GPUs");
        return "";
      }
    }
  }

  /// No failure, such as a library that cannot be linked, may prevent the CPU from being used.
  private Probed probe(ExecutionProvider provider) {
    List<Integer> working = new ArrayList<>();
    Set<String> failures = new LinkedHashSet<>();
    try {
      List<Integer> devices = provider.devices();
      if (devices.isEmpty()) {
        failures.add(provider.kind().label() + " found no device");
      }
      for (int device : devices) {
        Optional<String> failure = failure(new Target(provider, device));
        failure.ifPresentOrElse(failures::add, () -> working.add(device));
      }
    } catch (Throwable e) {
      LOG.debug("{} cannot be loaded: {}", provider.kind().label(), e.toString());
      failures.add(FailureReason.of(e));
    }
    return new Probed(provider, working, String.join("; ", failures));
  }

  /// Empty when the device works, else the reason.
  private Optional<String> failure(Target target) {
    try {
      return differs(trial.run(Optional.of(target)), trial.run(Optional.empty()))
          ? Optional.of(
              target.provider().kind().label() + " gave a wrong result for the probe graph")
          : Optional.empty();
    } catch (Throwable e) {
      LOG.debug("Device {} does not run the probe graph: {}", target.device(), e.toString());
      return Optional.of(FailureReason.of(e));
    }
  }

  private static float[] run(OrtEnvironment environment, Optional<Target> target)
      throws OrtException {
    try (OrtSession.SessionOptions options = OrtRuntime.cpuOptions()) {
      if (target.isEmpty()) {
        return run(environment, options);
      }
      ExecutionProvider provider = target.get().provider();
      try (ExecutionProvider.Added _ =
          provider.addTo(options, target.get().device(), provider.memoryLimitBytes())) {
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
}
