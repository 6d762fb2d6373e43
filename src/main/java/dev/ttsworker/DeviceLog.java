package dev.ttsworker;

import dev.ttsworker.engine.runtime.Device;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Says in the log where inference runs, and why there.
final class DeviceLog {
  private DeviceLog() {}

  /// A warning when less is in use than was asked for or found; whether that is nothing but the CPU
  /// stands in it too.
  static void tell(Logger log, Device device) {
    log.atLevel(device.degraded() ? Level.WARN : Level.INFO)
        .log(
            "Inference on {}: {}{}",
            device.name(),
            device.reason(),
            device.degraded() && !device.accelerated() ? "; falling back to CPU" : "");
  }
}
