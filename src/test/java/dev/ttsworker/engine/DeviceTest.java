package dev.ttsworker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.fixture.LogTap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class DeviceTest {
  private static String told(Device device) {
    try (LogTap log = new LogTap("dev.ttsworker.engine.DeviceTest")) {
      device.logTo(LoggerFactory.getLogger("dev.ttsworker.engine.DeviceTest"));
      return String.join("\n", log.lines);
    }
  }

  @Test
  void wishThatIsNotMetIsAWarningWithTheReasonAndTheCpu() {
    assertEquals(
        "WARN Inference on cpu: engine.device is cuda, but it does not work: no driver; falling"
            + " back to CPU",
        told(Device.cpu(true, "engine.device is cuda, but it does not work: no driver")));
    assertEquals(
        "WARN Inference on cpu: cuda:0 failed: CUDA 700; falling back to CPU",
        told(new Device(Device.Provider.CUDA, List.of(), true, "cuda:0 failed: CUDA 700")));
  }

  @Test
  void oneGpuOfTwoIsAWarningWithoutTheCpu() {
    assertEquals(
        "WARN Inference on cuda:1: cuda:0 failed: CUDA 2",
        told(new Device(Device.Provider.CUDA, List.of(1), true, "cuda:0 failed: CUDA 2")));
  }

  @Test
  void whatWasWantedOrComesBackIsNoWarning() {
    assertEquals(
        "INFO Inference on cpu: this ONNX Runtime was built without CUDA",
        told(Device.cpu(false, "this ONNX Runtime was built without CUDA")));
    assertEquals(
        "INFO Inference on cuda:0: CUDA ran the probe graph correctly",
        told(
            new Device(
                Device.Provider.CUDA, List.of(0), false, "CUDA ran the probe graph correctly")));
  }
}
