package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtHardwareDevice.OrtHardwareDeviceType;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ttsworker.engine.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Execution provider for GPUs of any maker by Vulkan, Metal or Direct3D, a plug-in library of its
/// own; also for software that stands in for a GPU. Thread-safe.
final class WebGpuProvider implements ExecutionProvider {
  private static final String REGISTRATION = "webgpu";
  private static final String PROVIDER = "WebGpuExecutionProvider";

  private final OrtEnvironment environment;
  private final Path library;
  private final Adapter adapter;
  private final List<OrtEpDevice> found = new ArrayList<>();
  private boolean registered;

  /// Kind of device.
  enum Adapter {
    HARDWARE(OrtHardwareDeviceType.GPU),
    /// Computes on the CPU what a GPU would, many times slower: for tests.
    SOFTWARE(OrtHardwareDeviceType.CPU);

    private final OrtHardwareDeviceType type;

    Adapter(OrtHardwareDeviceType type) {
      this.type = type;
    }
  }

  /// @param library `libonnxruntime_providers_webgpu.so` or what it is called elsewhere
  WebGpuProvider(OrtEnvironment environment, Path library, Adapter adapter) {
    this.environment = environment;
    this.library = library;
    this.adapter = adapter;
  }

  @Override
  public Device.Provider kind() {
    return Device.Provider.WEBGPU;
  }

  @Override
  public synchronized List<Integer> devices() throws OrtException {
    if (!registered) {
      if (adapter == Adapter.SOFTWARE) {
        SoftwareAdapters.allow();
      }
      environment.registerExecutionProviderLibrary(
          REGISTRATION, library.toAbsolutePath().toString());
      registered = true;
      environment.getEpDevices().stream()
          .filter(device -> device.getEpName().equals(PROVIDER))
          .filter(device -> device.getDevice().getType() == adapter.type)
          .forEach(found::add);
    }
    return IntStream.range(0, found.size()).boxed().toList();
  }

  private synchronized OrtEpDevice device(int number) {
    return found.get(number);
  }

  @Override
  public Added addTo(SessionOptions options, int device, long memoryLimitBytes)
      throws OrtException {
    options.addExecutionProvider(List.of(device(device)), Map.of());
    return () -> {};
  }

  /// It has no limit of its own.
  @Override
  public long memoryLimitBytes() {
    return 0;
  }

  /// All sessions share one context that is not safe for several threads: version 0.4.0 crashes
  /// when one session runs while another is opened.
  @Override
  public int concurrentCalls() {
    return 1;
  }

  @Override
  public Optional<String> deviceName(int device) {
    String maker = device(device).getDevice().getVendor();
    String kind = adapter == Adapter.SOFTWARE ? "software" : "a GPU";
    return Optional.of(maker.isBlank() ? kind : kind + " of " + maker);
  }
}
