package dev.ttsworker.config.reader;

import dev.ttsworker.config.AdmissionSettings;
import dev.ttsworker.config.AudioSettings;
import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.config.TextSettings;
import dev.ttsworker.config.value.ScalarType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The keys of `audio`, `synthesis`, `text`, `session`, `admission` and `limits`.
final class SpeechKeys {
  static final Key<Integer> OUTPUT_SAMPLE_RATE =
      Key.of(
          "audio.output_sample_rate",
          ScalarType.whole(48_000, 48_000),
          48_000,
          c -> c.audio().outputSampleRateHz());

  static final Key<Integer> FRAME_DURATION_MS =
      Key.of(
          "audio.frame_duration_ms",
          ScalarType.whole(20, 20),
          20,
          c -> c.audio().frameDurationMs());

  static final Key<Double> LOUDNESS_TARGET_LUFS =
      Key.of(
          "audio.loudness_target_lufs",
          ScalarType.decimal(-23.0, -12.0),
          -16.0,
          c -> c.audio().loudnessTargetLufs());

  static final Key<Boolean> NORMALIZATION_ENABLED =
      Key.of(
          "audio.normalization_enabled",
          ScalarType.flag(),
          true,
          c -> c.audio().normalizationEnabled());

  static final Key<Integer> MAX_LEAD_MS =
      Key.of(
          "synthesis.max_lead_ms",
          ScalarType.whole(100, 600_000),
          5000,
          c -> c.synthesis().maxLead().toMillis());

  static final Key<Integer> PHRASE_CACHE_MB =
      Key.of(
          "synthesis.phrase_cache_mb",
          ScalarType.whole(0, 65_536),
          0,
          c -> c.synthesis().phraseCacheMb());

  static final Key<Integer> PHRASE_CACHE_MAX_CHARS =
      Key.of(
          "synthesis.phrase_cache_max_chars",
          ScalarType.whole(1, 1000),
          100,
          c -> c.synthesis().phraseCacheMaxChars());

  static final Key<Boolean> NORMALIZE =
      Key.of("text.normalize", ScalarType.flag(), true, c -> c.text().normalize());

  static final Key<Boolean> SAY_EMOJI =
      Key.of("text.say_emoji", ScalarType.flag(), false, c -> c.text().sayEmoji());

  static final Key<Boolean> MARKUP =
      Key.of("text.markup", ScalarType.flag(), true, c -> c.text().markup());

  static final Key<Optional<Path>> LEXICON_FILE =
      Key.optional("text.lexicon_file", ModelKeys.path(), c -> c.text().lexiconFile());

  static final Key<Integer> MAX_WAIT_MS =
      Key.of(
          "text.max_wait_ms",
          ScalarType.wholeOrZero(50, 60_000),
          400,
          c -> c.text().maxWait().toMillis());

  static final Key<Integer> PAUSE_COMMA_MS =
      pause("text.pause_comma_ms", 2_000, 0, PauseSettings::comma);

  static final Key<Integer> PAUSE_CLAUSE_MS =
      pause("text.pause_clause_ms", 2_000, 100, PauseSettings::clause);

  static final Key<Integer> PAUSE_SENTENCE_MS =
      pause("text.pause_sentence_ms", 10_000, 250, PauseSettings::sentence);

  static final Key<Integer> PAUSE_LINE_MS =
      pause("text.pause_line_ms", 10_000, 300, PauseSettings::line);

  static final Key<Integer> PAUSE_ITEM_MS =
      pause("text.pause_item_ms", 10_000, 350, PauseSettings::item);

  static final Key<Integer> PAUSE_HEADING_MS =
      pause("text.pause_heading_ms", 10_000, 500, PauseSettings::heading);

  static final Key<Integer> PAUSE_PARAGRAPH_MS =
      pause("text.pause_paragraph_ms", 10_000, 600, PauseSettings::paragraph);

  static final Key<Integer> MAX_OPEN =
      Key.of(
          "session.max_open", ScalarType.whole(1, 1_000_000), 10_000, c -> c.sessions().maxOpen());

  static final Key<Integer> IDLE_TTL_MS =
      Key.of(
          "session.idle_ttl_ms",
          ScalarType.whole(0, Integer.MAX_VALUE),
          0,
          c -> c.sessions().idleTimeToLive().toMillis());

  static final Key<Integer> MAX_PAUSE_MS =
      Key.of(
          "session.max_pause_ms",
          ScalarType.whole(1, Integer.MAX_VALUE),
          30_000,
          c -> c.sessions().maxPause().toMillis());

  static final Key<Integer> MAX_LEXICONS_MB =
      Key.of(
          "session.max_lexicons_mb",
          ScalarType.whole(1, 65_536),
          64,
          c -> c.sessions().maxLexiconsMb());

  static final Key<Integer> MAX_QUEUEING_MS =
      Key.of(
          "admission.max_wait_ms",
          ScalarType.whole(0, 60_000),
          1000,
          c -> c.admission().maxWait().toMillis());

  static final Key<Integer> MAX_CHUNK_CHARS =
      Key.of(
          "limits.max_chunk_chars",
          ScalarType.whole(1, 1_000_000),
          20_000,
          c -> c.limits().maxChunkChars());

  static final Key<Integer> MAX_CALL_CHARS =
      Key.of(
          "limits.max_call_chars",
          ScalarType.whole(1, 10_000_000),
          200_000,
          c -> c.limits().maxCallChars());

  static final Key<Integer> MAX_OPEN_CALLS =
      Key.of(
          "limits.max_open_calls",
          ScalarType.whole(1, 1_000_000),
          2000,
          c -> c.limits().maxOpenCalls());

  static final Key<Integer> MAX_WAITING_TEXT_MB =
      Key.of(
          "limits.max_waiting_text_mb",
          ScalarType.whole(1, 65_536),
          32,
          c -> c.limits().maxWaitingTextMb());

  static final List<Key<?>> ALL =
      List.of(
          OUTPUT_SAMPLE_RATE,
          FRAME_DURATION_MS,
          LOUDNESS_TARGET_LUFS,
          NORMALIZATION_ENABLED,
          MAX_LEAD_MS,
          PHRASE_CACHE_MB,
          PHRASE_CACHE_MAX_CHARS,
          NORMALIZE,
          SAY_EMOJI,
          MARKUP,
          LEXICON_FILE,
          MAX_WAIT_MS,
          PAUSE_COMMA_MS,
          PAUSE_CLAUSE_MS,
          PAUSE_SENTENCE_MS,
          PAUSE_LINE_MS,
          PAUSE_ITEM_MS,
          PAUSE_HEADING_MS,
          PAUSE_PARAGRAPH_MS,
          MAX_OPEN,
          IDLE_TTL_MS,
          MAX_PAUSE_MS,
          MAX_LEXICONS_MB,
          MAX_QUEUEING_MS,
          MAX_CHUNK_CHARS,
          MAX_CALL_CHARS,
          MAX_OPEN_CALLS,
          MAX_WAITING_TEXT_MB);

  private SpeechKeys() {}

  /// @param most milliseconds
  private static Key<Integer> pause(
      String name, int most, int byDefault, Function<PauseSettings, Duration> value) {
    return Key.of(
        name, ScalarType.whole(0, most), byDefault, c -> value.apply(c.text().pauses()).toMillis());
  }

  static AudioSettings readAudio(Sources sources) {
    return new AudioSettings(
        sources.get(OUTPUT_SAMPLE_RATE),
        sources.get(FRAME_DURATION_MS),
        sources.get(LOUDNESS_TARGET_LUFS),
        sources.get(NORMALIZATION_ENABLED));
  }

  static SynthesisSettings readSynthesis(Sources sources) {
    return new SynthesisSettings(
        Duration.ofMillis(sources.get(MAX_LEAD_MS)),
        sources.get(PHRASE_CACHE_MB),
        sources.get(PHRASE_CACHE_MAX_CHARS));
  }

  static TextSettings readText(Sources sources) {
    return new TextSettings(
        sources.get(NORMALIZE),
        sources.get(SAY_EMOJI),
        sources.get(MARKUP),
        sources.get(LEXICON_FILE).map(sources::resolve),
        Duration.ofMillis(sources.get(MAX_WAIT_MS)),
        new PauseSettings(
            Duration.ofMillis(sources.get(PAUSE_COMMA_MS)),
            Duration.ofMillis(sources.get(PAUSE_CLAUSE_MS)),
            Duration.ofMillis(sources.get(PAUSE_SENTENCE_MS)),
            Duration.ofMillis(sources.get(PAUSE_LINE_MS)),
            Duration.ofMillis(sources.get(PAUSE_ITEM_MS)),
            Duration.ofMillis(sources.get(PAUSE_HEADING_MS)),
            Duration.ofMillis(sources.get(PAUSE_PARAGRAPH_MS))));
  }

  static SessionSettings readSessions(Sources sources) {
    return new SessionSettings(
        sources.get(MAX_OPEN),
        Duration.ofMillis(sources.get(IDLE_TTL_MS)),
        Duration.ofMillis(sources.get(MAX_PAUSE_MS)),
        sources.get(MAX_LEXICONS_MB));
  }

  static AdmissionSettings readAdmission(Sources sources) {
    return new AdmissionSettings(Duration.ofMillis(sources.get(MAX_QUEUEING_MS)));
  }

  static LimitSettings readLimits(Sources sources) {
    return new LimitSettings(
        sources.get(MAX_CHUNK_CHARS),
        sources.get(MAX_CALL_CHARS),
        sources.get(MAX_OPEN_CALLS),
        sources.get(MAX_WAITING_TEXT_MB));
  }
}
