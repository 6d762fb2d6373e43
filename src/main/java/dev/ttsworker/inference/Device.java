package dev.ttsworker.inference;

/// Where graphs run, and why there.
///
/// @param name `cpu` or `cuda:0`
/// @param accelerated whether `name` is a GPU
/// @param degraded whether the configuration asked for a GPU that cannot be used
/// @param reason one line without paths or host names, for logs, health and metrics
public record Device(String name, boolean accelerated, boolean degraded, String reason) {
  public static final String CPU_NAME = "cpu";

  static Device cpu(boolean degraded, String reason) {
    return new Device(CPU_NAME, false, degraded, reason);
  }
}
