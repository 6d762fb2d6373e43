package dev.ttsworker.bench;

import dev.ttsworker.bench.client.GrpcTarget;
import dev.ttsworker.bench.simulation.SpeechProfile;
import dev.ttsworker.cli.Output;
import dev.ttsworker.client.Security;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What speech costs in a simulation.
@Command // picocli takes no mixin without an annotation of its own
final class SimulatedSpeech {
  private static final double MS_PER_SECOND = 1e3;

  @Option(
      names = "--cost",
      paramLabel = "SECONDS",
      description =
          "Seconds of an inference thread for a second of speech: inference_seconds over"
              + " audio_seconds of GetCapabilities.")
  private @Nullable Double cost;

  @Option(
      names = "--first-audio-ms",
      paramLabel = "MS",
      description = "Thread time up to the first audio of a sentence of 60 characters.")
  private @Nullable Double firstAudioMs;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Take both from the closed run with the fewest streams of a report of bench --json.")
  private @Nullable Path report;

  @Option(
      names = "--addr",
      paramLabel = "HOST:PORT",
      description = "Take the cost from what a running worker has measured so far.")
  private @Nullable String address;

  @Option(
      names = "--speech-rate",
      paramLabel = "CHARACTERS",
      description = "Characters that the voice speaks in a second; default 19.")
  private double speechRate = 19;

  @Option(
      names = "--overhead-ms",
      paramLabel = "MS",
      description = "What a first audio takes outside of inference: wire, threads; default 5.")
  private double overheadMs = 5;

  @Option(
      names = "--spread",
      paramLabel = "NUMBER",
      description =
          "How much stages differ in time: standard deviation of the logarithm; default 0.3.")
  private double spread = 0.3;

  /// @param source of the costs, for people
  record Measured(SpeechProfile profile, String source) {}

  Measured measured(Output output) {
    double seconds = cost(output);
    double first = firstAudioMs(output) / MS_PER_SECOND;
    double rate = SimulationLimits.check(output, "--speech-rate", speechRate, 1, 100);
    double overhead = SimulationLimits.check(output, "--overhead-ms", overheadMs, 0, 10_000);
    double deviation = SimulationLimits.check(output, "--spread", spread, 0, 2);
    return new Measured(
        new SpeechProfile(seconds, first, rate, overhead / MS_PER_SECOND, deviation),
        report == null ? address == null ? "options" : address : report.toString());
  }

  private double cost(Output output) {
    if (cost != null) {
      return SimulationLimits.check(output, "--cost", cost, 0.0001, 10);
    }
    if (address != null) {
      return ofWorker(output, address);
    }
    return fromReport(output, "--cost")
        .flatMap(MeasuredCosts::cost)
        .orElseThrow(() -> missing(output, "--cost", "cpuSecondsPerAudioSecond"));
  }

  private double firstAudioMs(Output output) {
    if (firstAudioMs != null) {
      return SimulationLimits.check(output, "--first-audio-ms", firstAudioMs, 0.1, 60_000);
    }
    return fromReport(output, "--first-audio-ms")
        .flatMap(MeasuredCosts::firstAudioMs)
        .orElseThrow(() -> missing(output, "--first-audio-ms", "firstAudioMs"));
  }

  private Optional<MeasuredCosts> fromReport(Output output, String option) {
    output.checkReadable("--report", report);
    if (report == null) {
      throw output.misuse(option + " is missing; allowed: a number, or --report FILE instead");
    }
    try {
      return MeasuredCosts.read(report);
    } catch (WorkerException e) {
      throw output.misuse(String.valueOf(e.getMessage()));
    }
  }

  private RuntimeException missing(Output output, String option, String field) {
    return output.misuse(
        "--report "
            + report
            + " holds no closed run with "
            + field
            + "; allowed: a report of bench --load closed --json, or "
            + option);
  }

  private static double ofWorker(Output output, String address) {
    if (!address.matches(".+:\\d{1,5}")) {
      throw output.misuse("--addr", address, "HOST:PORT");
    }
    try (GrpcTarget worker = new GrpcTarget(address, Security.NONE)) {
      Map<String, Double> figures = worker.figures();
      double audio = figures.getOrDefault("audio_seconds", 0.0);
      double inference = figures.getOrDefault("inference_seconds", 0.0);
      if (!(audio > 0) || !(inference > 0)) {
        throw output.misuse(
            "--addr " + address + " has spoken nothing yet; allowed: a worker that has, or --cost");
      }
      return inference / audio;
    } catch (WorkerException e) {
      throw output.misuse("--addr " + e.getMessage() + "; allowed: a running worker");
    }
  }
}
