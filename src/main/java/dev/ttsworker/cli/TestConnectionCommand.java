package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.config.reader.RedisUrl;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.registration.RecordVerifier;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Command `test-connection`: uses a running worker as a client does, and prints what works.
@Command(
    name = "test-connection",
    description =
        "Talk to a running worker as a client does, step by step, and look into Redis when that is"
            + " configured. Exit codes: 0 all well, 1 something is wrong, 2 wrong arguments.",
    mixinStandardHelpOptions = true)
final class TestConnectionCommand implements Callable<Integer> {
  private static final double LONGEST_SECONDS = 3600;
  private static final double MILLIS = 1000;

  @Mixin private final AddressOption address = new AddressOption();

  @Option(
      names = "--model",
      paramLabel = "ID",
      converter = ModelIdConverter.OrDefault.class,
      description = "Voice to use; default: the worker's.")
  private String model = "";

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "What to say; default \"The connection works.\".")
  private String text = "The connection works.";

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "For each step; default 30.")
  private double timeout = 30;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "Where the worker registers; default: as configured.")
  private @Nullable String redis;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The worker's name in Redis; default: as configured.")
  private @Nullable String name;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    WorkerAddress worker = address.chosen(output);
    if (!(timeout > 0 && timeout <= LONGEST_SECONDS)) {
      throw output.misuse("--timeout", Double.toString(timeout), "more than 0, up to 3600");
    }
    Optional<RedisAddress> asked = Optional.ofNullable(redis).map(this::redisAddress);
    ManagedChannel channel = worker.connect(output);
    try {
      Duration patience = Duration.ofMillis(Math.max(1, Math.round(timeout * MILLIS)));
      new ConnectionChecks(worker, channel, patience, output.out()).run(model, text);
      checkRedis(asked);
      return ExitCode.OK;
    } catch (CheckFailure e) {
      output.out().flush();
      output.err().println("FAIL  " + e.getMessage());
      output.err().println("      Hint: " + e.hint());
      return ExitCode.SOFTWARE;
    } finally {
      channel.shutdownNow();
    }
  }

  private RedisAddress redisAddress(String url) {
    // The value may hold a password.
    return RedisUrl.parse(url)
        .orElseThrow(() ->
            output.misuse("--redis has a value that is not allowed; allowed: " + RedisUrl.ALLOWED));
  }

  private void checkRedis(Optional<RedisAddress> asked) throws CheckFailure {
    Optional<RedisAddress> at = asked;
    String worker = name == null ? "" : name;
    if (at.isEmpty() || worker.isEmpty()) {
      WorkerConfig configured = configuration();
      at = at.or(() -> Optional.of(configured.redis()).filter(r -> r.enabled()).map(r -> r.url()));
      worker = worker.isEmpty() ? configured.worker().name() : worker;
    }
    if (at.isEmpty()) {
      return;
    }
    try {
      String found = new RecordVerifier(at.get(), InstantSource.system()).verify(worker);
      output.out().println("OK    Redis: " + found);
    } catch (IOException e) {
      throw new CheckFailure(
          "Redis: " + e.getMessage(),
          "the worker speaks without Redis, but nobody finds it there: is Redis running?");
    } catch (WorkerException e) {
      throw new CheckFailure(
          "Redis: " + e.getMessage(),
          "is that the worker's name (--name), and does its log say 'Registered with Redis'?");
    }
  }

  private WorkerConfig configuration() throws CheckFailure {
    try {
      return config.load(Installation.current(), Overrides.none());
    } catch (WorkerException e) {
      throw new CheckFailure(
          "it is unknown whether there is a Redis to look into: " + e.getMessage(),
          "./tts-worker check-config, or --redis and --name");
    }
  }
}
