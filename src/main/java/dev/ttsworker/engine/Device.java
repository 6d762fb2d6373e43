package dev.ttsworker.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Inference device: where graphs run, and why there.
///
/// @param provider that runs the graphs
/// @param ids the accelerators in use, as the provider counts; none: the CPU
/// @param degraded whether less is in use than the configuration asked for, or than was found
/// @param reason one line without paths or host names, for logs, health and metrics
public record Device(Provider provider, List<Integer> ids, boolean degraded, String reason) {
  public static final String CPU_NAME = "cpu";

  /// Execution provider of ONNX Runtime.
  public enum Provider {
    CPU("CPU"),
    /// NVIDIA GPUs.
    CUDA("CUDA"),
    /// GPUs of any maker.
    WEBGPU("WebGPU");

    private final String label;

    Provider(String label) {
      this.label = label;
    }

    /// Its name in messages.
    public String label() {
      return label;
    }

    /// Name of one of its devices, such as `cuda:0`.
    public String device(int id) {
      return name().toLowerCase(Locale.ROOT) + ":" + id;
    }
  }

  public Device {
    ids = List.copyOf(ids);
  }

  public static Device cpu(boolean degraded, String reason) {
    return new Device(Provider.CPU, List.of(), degraded, reason);
  }

  /// Whether it is more than the CPU.
  public boolean accelerated() {
    return !ids.isEmpty();
  }

  /// `cpu`, `cuda:0`, `webgpu:0`, or several such names joined by commas.
  public String name() {
    return accelerated()
        ? ids.stream().map(id -> provider.device(id)).collect(Collectors.joining(","))
        : CPU_NAME;
  }

  /// Logs where inference runs, and why there: a warning when less is in use than was asked for or
  /// found; whether that is nothing but the CPU stands in it too.
  public void logTo(Logger log) {
    log.atLevel(degraded ? Level.WARN : Level.INFO)
        .log(
            "Inference on {}: {}{}",
            name(),
            reason,
            degraded && !accelerated() ? "; falling back to CPU" : "");
  }
}
