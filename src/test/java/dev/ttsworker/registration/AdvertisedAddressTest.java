package dev.ttsworker.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.WorkerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdvertisedAddressTest {
  private static String find(Optional<String> configured) throws UnknownHostException {
    CapabilitySettings none =
        new CapabilitySettings(true, false, false, true, List.of("en"), false, 1);
    WorkerSettings settings =
        new WorkerSettings("w", "0.0.0.0", 0, configured, Duration.ZERO, Duration.ZERO, none);
    return new AdvertisedAddress(settings, 7123).find();
  }

  @Test
  void isTheConfiguredOne() throws UnknownHostException {
    assertEquals("grpc://tts:7001", find(Optional.of("grpc://tts:7001")));
  }

  @Test
  void elseTheNameOfThisMachineAndThePortThatIsOpen() throws UnknownHostException {
    String name = InetAddress.getLocalHost().getHostName();
    assertEquals("grpc://" + name + ":7123", find(Optional.empty()));
  }
}
