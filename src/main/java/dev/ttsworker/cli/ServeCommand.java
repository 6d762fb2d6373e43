package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigCheck;
import dev.ttsworker.config.reader.Option;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.lifecycle.Server;
import dev.ttsworker.logging.LogSetup;
import dev.ttsworker.voicepack.install.InstallLog;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/// Command `serve`: runs the worker until SIGTERM or SIGINT.
@Command(
    name = "serve",
    description = "Run the worker until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /// Asks a supervisor for a new process.
  private static final int LOST_DEVICE = 1;

  @Mixin private final ConfigOption config = new ConfigOption();

  @picocli.CommandLine.Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on; default 0.0.0.0.")
  private @Nullable String host;

  @picocli.CommandLine.Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for any free one; default 7001.")
  private @Nullable String port;

  @picocli.CommandLine.Option(
      names = "--adapter",
      paramLabel = "FAMILY",
      description = "Family that the default model must be of, such as piper or mock.")
  private @Nullable String adapter;

  @picocli.CommandLine.Option(
      names = {"--default-model", "--default_model", "--default-model-id", "--default_model_id"},
      paramLabel = "ID",
      description = "Model of sessions that name none.")
  private @Nullable String defaultModel;

  @picocli.CommandLine.Option(
      names = {"--preload", "--preload-model-ids", "--preload_model_ids"},
      paramLabel = "ID",
      split = ",",
      description = "Models to load at start-up; may be repeated.")
  private @Nullable List<String> preload;

  @picocli.CommandLine.Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cuda or cpu; default auto.")
  private @Nullable String device;

  @picocli.CommandLine.Option(
      names = {"--voicepack-root", "--voicepack_root"},
      paramLabel = "FOLDER",
      converter = FolderConverter.class,
      description = "Where the voices are; default voicepacks beside the worker.")
  private @Nullable Path voicepackRoot;

  @picocli.CommandLine.Option(
      names = {"--log-level", "--log_level"},
      paramLabel = "LEVEL",
      description = "DEBUG, INFO, WARNING, ERROR or CRITICAL; default INFO.")
  private @Nullable String logLevel;

  @Mixin private final Output output = new Output();

  private final WorkerStarter starter;

  ServeCommand(WorkerStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    Installation installation = Installation.current();
    ConfigCheck check = config.check(installation, overrides());
    StopSignal stop = StopSignal.install();
    AtomicInteger code = new AtomicInteger();
    try (Server worker = start(check, installation)) {
      worker.whenLost(() -> {
        code.set(LOST_DEVICE);
        stop.ask();
      });
      if (stop.await() == StopSignal.Reason.TERMINATE) {
        worker.leave();
      }
    }
    return code.get();
  }

  /// A start that fails is logged too: who runs a worker as a service looks there. A wrong command
  /// line is not.
  private Server start(ConfigCheck check, Installation installation) {
    try {
      WorkerConfig effective = ConfigOption.require(check, output);
      LogSetup.apply(effective.logging());
      return starter.start(effective, installation, new InstallLog());
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (check.config().isEmpty()) {
        LogSetup.apply(check.logging());
      }
      String reasons = String.join("; ", FailurePrinter.sentence(e).lines().toList());
      LOG.error("Cannot start: {}", reasons);
      throw e;
    }
  }

  private Overrides overrides() {
    Map<Option, String> values = new EnumMap<>(Option.class);
    put(values, Option.HOST, host);
    put(values, Option.PORT, port);
    put(values, Option.ADAPTER, adapter);
    put(values, Option.DEFAULT_MODEL, defaultModel);
    put(values, Option.PRELOAD, preload == null ? null : String.join(",", preload));
    put(values, Option.DEVICE, device);
    put(
        values,
        Option.VOICEPACK_ROOT,
        voicepackRoot == null ? null : voicepackRoot.toAbsolutePath().toString());
    put(values, Option.LOG_LEVEL, logLevel);
    return new Overrides(values);
  }

  private static void put(Map<Option, String> values, Option option, @Nullable String value) {
    if (value != null) {
      values.put(option, value);
    }
  }
}
