package dev.ttsworker.bench;

import dev.ttsworker.Main;
import dev.ttsworker.bench.ServerUnderTest.Role;
import dev.ttsworker.bench.client.SpeechTarget;
import dev.ttsworker.bench.client.Targets;
import dev.ttsworker.bench.server.GivenServer;
import dev.ttsworker.bench.server.JavaCommand;
import dev.ttsworker.bench.server.MetricsUsage;
import dev.ttsworker.bench.server.ProcessUsage;
import dev.ttsworker.bench.server.ServerSource;
import dev.ttsworker.bench.server.ServerUsage;
import dev.ttsworker.bench.server.WorkerProcess;
import dev.ttsworker.cli.Addresses;
import dev.ttsworker.cli.ConfigOption;
import dev.ttsworker.cli.ModelIdConverter;
import dev.ttsworker.cli.Output;
import dev.ttsworker.cli.SecurityOptions;
import dev.ttsworker.client.Security;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Threads;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which servers are measured.
@Command // picocli takes no mixin without an annotation of its own
final class BenchServers {
  private static final Pattern TARGET =
      Pattern.compile("(?<name>[^=,]+)=(?<address>[^,]+)(,pid=(?<pid>\\d{1,18}))?");
  private static final String SUBJECT = "worker";
  private static final String FIRST_COME_FIRST_SERVED = "fcfs";
  private static final String WHOLE_SENTENCES = "whole";

  @Option(
      names = "--addr",
      paramLabel = "HOST:PORT",
      description = "A running worker; default: one is started for the benchmark.")
  private @Nullable String address;

  @Option(
      names = "--pid",
      paramLabel = "NUMBER",
      description = "Process id of the worker at --addr, for its CPU time and memory.")
  private @Nullable Long pid;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      description = "Metrics endpoint of the worker at --addr, for its CPU time and memory.")
  private @Nullable URI metrics;

  @Option(
      names = "--reference",
      split = ",",
      paramLabel = "DESIGN",
      description =
          "Measure another design of the worker too: fcfs (first come, first served), whole (whole"
              + " sentences; one stream, gives the ideal number of conversations).")
  private List<String> references = List.of();

  @Option(
      names = "--target",
      paramLabel = "NAME=URL[,pid=NUMBER]",
      description = "Measure another running server too; may be repeated.")
  private List<String> targets = List.of();

  @Option(
      names = "--default-model",
      paramLabel = "ID",
      converter = ModelIdConverter.class,
      description = "Voice of the workers that are started.")
  private @Nullable String defaultModel;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  @Mixin private final ConfigOption config = new ConfigOption();

  /// In the order of measuring, the worker first.
  ///
  /// @throws picocli.CommandLine.ParameterException when an option is wrong
  List<ServerUnderTest> chosen(Output output) {
    List<ServerUnderTest> chosen = new ArrayList<>();
    chosen.add(new ServerUnderTest(subject(output), Role.SUBJECT));
    for (String design : references) {
      chosen.add(
          switch (design) {
            case FIRST_COME_FIRST_SERVED ->
                new ServerUnderTest(
                    reference(design, ReferenceDesign.FIRST_COME_FIRST_SERVED, output),
                    Role.REFERENCE);
            case WHOLE_SENTENCES ->
                new ServerUnderTest(
                    reference(design, ReferenceDesign.WHOLE_SENTENCES, output),
                    Role.COST_OF_WHOLE_GRAPH);
            default ->
                throw output.misuse(
                    "--reference", design, FIRST_COME_FIRST_SERVED + ", " + WHOLE_SENTENCES);
          });
    }
    for (String target : targets) {
      chosen.add(new ServerUnderTest(peer(target, output), Role.PEER));
    }
    return chosen;
  }

  private ServerSource subject(Output output) {
    if (pid != null && metrics != null) {
      throw output.misuse("--pid and --metrics exclude each other");
    }
    if (address == null) {
      if (pid != null || metrics != null) {
        throw output.misuse("--pid and --metrics go with --addr");
      }
      if (security.isGiven()) {
        throw output.misuse(SecurityOptions.NAMES + " go with --addr");
      }
      return product(output);
    }
    if (security.isGiven() && address.startsWith(Targets.WYOMING)) {
      throw output.misuse(SecurityOptions.NAMES + " go with a server that speaks gRPC");
    }
    Security chosen = security.chosen(output);
    return new GivenServer(
        SUBJECT, checked("--addr", address, chosen, output), chosen, readers(), usage(output));
  }

  private ServerUsage usage(Output output) {
    if (pid != null) {
      return process("--pid", pid, output);
    }
    if (metrics != null) {
      if (!"http".equals(metrics.getScheme()) || metrics.getHost() == null) {
        throw output.misuse("--metrics", metrics.toString(), "http://HOST:PORT/metrics");
      }
      return new MetricsUsage(metrics);
    }
    return ServerUsage.unknown();
  }

  private static ServerUsage process(String option, long id, Output output) {
    if (ProcessHandle.of(id).isEmpty()) {
      throw output.misuse(option, Long.toString(id), "the id of a running process");
    }
    return new ProcessUsage(id);
  }

  private static ThreadFactory readers() {
    return Threads.virtual("bench-reader-");
  }

  private static String checked(String option, String url, Security security, Output output) {
    String hostAndPort = url.replaceFirst("^[a-z]+://", "");
    Optional<SpeechTarget> target;
    try {
      target =
          Addresses.isHostAndPort(hostAndPort)
              ? Targets.connect(url, security, readers())
              : Optional.empty();
    } catch (WorkerException e) {
      throw output.misuse(e.getMessage());
    }
    target.ifPresent(SpeechTarget::close);
    if (target.isEmpty()) {
      throw output.misuse(option, url, Targets.ALLOWED);
    }
    return url;
  }

  private static GivenServer peer(String target, Output output) {
    Matcher parts = TARGET.matcher(target);
    if (!parts.matches()) {
      throw output.misuse(
          "--target", target, "NAME=URL or NAME=URL,pid=NUMBER with " + Targets.ALLOWED);
    }
    @Nullable String id = parts.group("pid");
    return new GivenServer(
        parts.group("name"),
        checked("--target", parts.group("address"), Security.NONE, output),
        Security.NONE,
        readers(),
        id == null ? ServerUsage.unknown() : process("--target pid", Long.parseLong(id), output));
  }

  /// A configuration that is wrong is said here, and not in the log of a process.
  private Installation checkedInstallation(Output output) {
    Installation installation = Installation.current();
    WorkerConfig read = config.load(installation, Overrides.none());
    if (read.tls().certFile().isPresent() || read.auth().tokensFile().isPresent()) {
      throw output.misuse(
          "The configuration has TLS or tokens, and the worker that bench starts is reached without;"
              + " measure a running one with --addr");
    }
    return installation;
  }

  private WorkerProcess product(Output output) {
    Installation installation = checkedInstallation(output);
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--host", "127.0.0.1", "--port", "0", "--log-level", "INFO"));
    config
        .file(installation)
        .ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
    if (defaultModel != null) {
      arguments.addAll(List.of("--default-model", defaultModel));
    }
    return process(SUBJECT, Main.class, arguments, installation, false);
  }

  private WorkerProcess reference(String name, ReferenceDesign design, Output output) {
    Installation installation = checkedInstallation(output);
    List<String> arguments =
        List.of(
            design.name(),
            config.file(installation).map(Path::toString).orElse(""),
            defaultModel == null ? "" : defaultModel);
    return process(name, ReferenceWorker.class, arguments, installation, true);
  }

  private static WorkerProcess process(
      String name,
      Class<?> main,
      List<String> arguments,
      Installation installation,
      boolean endsWithInput) {
    Map<String, String> properties =
        Map.of(
            "tts.home", installation.home().toString(),
            "tts.native.directory", installation.nativeDirectory().toString());
    JavaCommand command = new JavaCommand(main.getName(), arguments, properties, endsWithInput);
    return new WorkerProcess(name, command, Threads.platform("bench-exit-"));
  }
}
