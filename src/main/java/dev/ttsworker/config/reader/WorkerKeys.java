package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerSettings;
import dev.ttsworker.config.value.ScalarType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of `worker`.
final class WorkerKeys {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

  static final ScalarType<String> HOST_TYPE =
      ScalarType.text("a host name or address", text -> text.matches("\\S{1,255}"));

  static final Key<String> NAME =
      Key.of("worker.name", ScalarType.text(1, 100), "tts-worker-0", c -> c.worker().name())
          .variables("WORKER_NAME");

  static final Key<String> GRPC_HOST =
      Key.of("worker.grpc_host", HOST_TYPE, "0.0.0.0", c -> c.worker().grpcHost())
          .alias("grpc.host")
          .variables("WORKER_GRPC_HOST")
          .option(Option.HOST);

  static final Key<Integer> GRPC_PORT =
      Key.of("worker.grpc_port", ScalarType.port(), 7001, c -> c.worker().grpcPort())
          .alias("grpc.port")
          .variables("WORKER_GRPC_PORT", "WORKER_PORT")
          .option(Option.PORT);

  static final Key<Optional<String>> ADVERTISE_ADDRESS =
      Key.optional(
          "worker.advertise_addr",
          ScalarType.parsed(
              "grpc://HOST:PORT with a host that others reach, not 0.0.0.0",
              WorkerKeys::parseAddress),
          c -> c.worker().advertiseAddress());

  static final Key<Integer> DRAIN_MS =
      Key.of(
          "worker.drain_ms",
          ScalarType.whole(0, 3_600_000),
          20_000,
          c -> c.worker().drain().toMillis());

  static final List<Key<?>> ALL = List.of(NAME, GRPC_HOST, GRPC_PORT, ADVERTISE_ADDRESS, DRAIN_MS);

  private WorkerKeys() {}

  static WorkerSettings read(Sources sources) {
    return new WorkerSettings(
        sources.get(NAME),
        sources.get(GRPC_HOST),
        sources.get(GRPC_PORT),
        sources.get(ADVERTISE_ADDRESS),
        Duration.ofMillis(sources.get(DRAIN_MS)),
        CapabilityKeys.read(sources));
  }

  private static Optional<String> parseAddress(String text) {
    try {
      URI address = new URI(text);
      boolean good =
          "grpc".equals(address.getScheme())
              && address.getHost() != null
              && !EVERY_ADDRESS.contains(address.getHost())
              && address.getPort() >= 1
              && address.getPort() <= 65535
              && text.equals("grpc://" + address.getHost() + ":" + address.getPort());
      return good ? Optional.of(text) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
