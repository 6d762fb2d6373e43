package dev.ttsworker.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.bench.server.ServerUsage.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ServerUsageTest {
  private static final Reading NOTHING = ServerUsage.unknown().read();

  private static Reading reading(double cpuSeconds, long rssBytes) {
    return new Reading(OptionalDouble.of(cpuSeconds), OptionalLong.of(rssBytes));
  }

  @Test
  void costIsTheDifferencePerSecondOfAudioAndThePeak() {
    assertEquals(
        new ServerCost(OptionalDouble.of(0.25), OptionalLong.of(300), OptionalDouble.of(7)),
        reading(12, 200).since(reading(7, 300), 20, OptionalDouble.of(7)));
  }

  @Test
  void whatIsNotToldOrWasNotHeardHasNoCost() {
    ServerCost unknown =
        new ServerCost(OptionalDouble.empty(), OptionalLong.empty(), OptionalDouble.empty());
    assertEquals(unknown, NOTHING.since(NOTHING, 20, OptionalDouble.empty()));
    assertEquals(
        OptionalDouble.empty(),
        reading(1, 1).since(NOTHING, 20, OptionalDouble.empty()).cpuSecondsPerAudioSecond());
    assertEquals(
        OptionalDouble.empty(),
        reading(2, 1).since(reading(1, 1), 0, OptionalDouble.empty()).cpuSecondsPerAudioSecond());
  }

  @Test
  void thisProcessUsesSomething() {
    Reading own = new ProcessUsage(ProcessHandle.current().pid()).read();
    assertTrue(own.cpuSeconds().isPresent());
    assertEquals(Files.exists(Path.of("/proc/self/status")), own.rssBytes().isPresent());
    own.rssBytes().ifPresent(bytes -> assertTrue(bytes > 1 << 20, bytes + " bytes"));
  }

  @Test
  void processThatIsNoneTellsNothing() {
    assertEquals(NOTHING, new ProcessUsage(Long.MAX_VALUE).read());
  }

  @Test
  void readsAMetricsPage() throws IOException {
    byte[] page =
        """
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total 12.5
        process_resident_memory_bytes 1.048576E6
        process_resident_memory_bytes_more 7
        """
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort() + "/metrics");
    try {
      assertEquals(reading(12.5, 1 << 20), new MetricsUsage(endpoint).read());
    } finally {
      server.stop(0);
    }
    assertEquals(NOTHING, new MetricsUsage(endpoint).read());
  }
}
