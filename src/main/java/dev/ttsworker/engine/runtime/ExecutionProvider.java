package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ttsworker.engine.Device;
import java.util.List;
import java.util.Optional;

/// Execution provider of ONNX Runtime: what runs graphs on accelerators of one kind.
interface ExecutionProvider {
  Device.Provider kind();

  /// The devices to try, by its own numbers.
  ///
  /// @throws OrtException when the provider cannot be loaded
  List<Integer> devices() throws OrtException;

  /// Lets a session run on one of its devices.
  ///
  /// @param memoryLimitBytes most memory for the session; 0 for no limit
  /// @return what the session needs until it is open
  Added addTo(SessionOptions options, int device, long memoryLimitBytes) throws OrtException;

  /// Most memory of each device for all sessions on it; 0 for no limit.
  long memoryLimitBytes();

  /// Most calls into its sessions at once, opening and closing included.
  int concurrentCalls();

  /// Product name of a device.
  Optional<String> deviceName(int device);

  /// What a session needs until it is open.
  @FunctionalInterface
  interface Added extends AutoCloseable {
    @Override
    void close();
  }
}
