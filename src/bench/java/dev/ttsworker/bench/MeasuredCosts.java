package dev.ttsworker.bench;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The cost of speech as a report of the benchmark tells it, of its closed run with the fewest
/// streams.
///
/// @param cost CPU seconds of the whole process for a second of speech
/// @param firstAudioMs p50
record MeasuredCosts(Optional<Double> cost, Optional<Double> firstAudioMs) {
  /// @return empty when it holds no closed run
  /// @throws WorkerException `INVALID_FIELD` when the file is no JSON
  static Optional<MeasuredCosts> read(Path file) {
    try {
      JsonNode report = JsonMapper.shared().readTree(file);
      Optional<JsonNode> fewest = Optional.empty();
      for (JsonNode run : report.at("/targets/0/closed")) {
        int streams = run.path("streams").asInt(0);
        if (fewest.isEmpty() || streams < fewest.get().path("streams").asInt(0)) {
          fewest = Optional.of(run);
        }
      }
      return fewest.map(run ->
          new MeasuredCosts(
              positive(run.at("/cost/cpuSecondsPerAudioSecond")),
              positive(run.at("/firstAudioMs/p50"))));
    } catch (JacksonException e) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "--report "
              + file
              + " cannot be read: "
              + e.getOriginalMessage()
              + "; allowed: a report of bench --json",
          e);
    }
  }

  private static Optional<Double> positive(JsonNode number) {
    return number.isNumber() && number.asDouble() > 0
        ? Optional.of(number.asDouble())
        : Optional.empty();
  }
}
