package dev.ttsworker.config.reader;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.MapType;
import dev.ttsworker.config.value.ScalarType;
import dev.ttsworker.yaml.Redaction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of `model_manager` and `voicepacks`.
final class ModelKeys {
  private static final String SECTION = "model_manager.";
  private static final String DEFAULT_VOICE = "piper-en-us-joe-medium";
  private static final ScalarType<String> ID =
      ScalarType.id("a model id of 1..128 letters, digits, '.', '_' and '-'", 128);

  static final Key<String> DEFAULT_MODEL_ID =
      Key.of(SECTION + "default_model_id", ID, DEFAULT_VOICE, c -> c.models().defaultModelId())
          .variables("DEFAULT_MODEL_ID", "DEFAULT_MODEL")
          .option(Option.DEFAULT_MODEL);

  static final Key<String> FALLBACK_MODEL_ID =
      Key.of(SECTION + "fallback_model_id", ID, DEFAULT_VOICE, c -> c.models().fallbackModelId());

  static final Key<List<String>> PRELOAD_MODEL_IDS =
      Key.of(
              SECTION + "preload_model_ids",
              new ListType<>(ID, 0, 1000),
              List.of(),
              c -> c.models().preloadModelIds())
          .variables("PRELOAD_MODEL_IDS")
          .option(Option.PRELOAD);

  static final Key<Integer> TTL_MS =
      Key.of(
              SECTION + "ttl_ms",
              ScalarType.whole(0, Integer.MAX_VALUE),
              600_000,
              c -> c.models().timeToLive().toMillis())
          .variables("TTL_MS");

  static final Key<Integer> MIN_RESIDENCY_MS =
      Key.of(
              SECTION + "min_residency_ms",
              ScalarType.whole(0, Integer.MAX_VALUE),
              120_000,
              c -> c.models().minResidency().toMillis())
          .variables("MIN_RESIDENCY_MS");

  static final Key<Integer> EVICT_CHECK_INTERVAL_MS =
      Key.of(
              SECTION + "evict_check_interval_ms",
              ScalarType.whole(10, Integer.MAX_VALUE),
              30_000,
              c -> c.models().evictCheckInterval().toMillis())
          .variables("EVICT_CHECK_INTERVAL_MS");

  static final Key<Integer> RESIDENT_CAP =
      Key.of(SECTION + "resident_cap", ScalarType.whole(1, 1000), 3, c -> c.models().residentCap())
          .variables("RESIDENT_CAP");

  static final Key<Integer> MAX_PARALLEL_LOADS =
      Key.of(
              SECTION + "max_parallel_loads",
              ScalarType.whole(1, 64),
              1,
              c -> c.models().maxParallelLoads())
          .variables("MAX_PARALLEL_LOADS");

  static final Key<Boolean> WARMUP_ENABLED =
      Key.of(SECTION + "warmup_enabled", ScalarType.flag(), true, c -> c.models().warmupEnabled())
          .variables("WARMUP_ENABLED");

  static final Key<String> WARMUP_TEXT =
      Key.of(
              SECTION + "warmup_text",
              ScalarType.text(1, 1000),
              "This is a warmup test.",
              c -> c.models().warmupText())
          .variables("WARMUP_TEXT");

  static final Key<Path> VOICEPACK_ROOT =
      Key.of(
              SECTION + "voicepack_root",
              path(),
              Path.of("voicepacks"),
              c -> c.models().voicepackRoot())
          .variables("VOICEPACK_ROOT")
          .option(Option.VOICEPACK_ROOT);

  static final Key<Map<String, String>> ALIASES =
      Key.of(
          SECTION + "aliases",
          new MapType<>(ID),
          Map.of("piper-en-us-lessac-medium", DEFAULT_VOICE),
          c -> c.models().aliases());

  static final Key<Boolean> AUTO_INSTALL =
      Key.of("voicepacks.auto_install", ScalarType.flag(), true, c -> c.models().autoInstall());

  static final List<Key<?>> ALL =
      List.of(
          DEFAULT_MODEL_ID,
          FALLBACK_MODEL_ID,
          PRELOAD_MODEL_IDS,
          TTL_MS,
          MIN_RESIDENCY_MS,
          EVICT_CHECK_INTERVAL_MS,
          RESIDENT_CAP,
          MAX_PARALLEL_LOADS,
          WARMUP_ENABLED,
          WARMUP_TEXT,
          VOICEPACK_ROOT,
          ALIASES,
          AUTO_INSTALL);

  private ModelKeys() {}

  static ModelSettings read(Sources sources) {
    ModelSettings settings =
        new ModelSettings(
            sources.get(DEFAULT_MODEL_ID),
            sources.get(FALLBACK_MODEL_ID),
            sources.get(PRELOAD_MODEL_IDS),
            Duration.ofMillis(sources.get(TTL_MS)),
            Duration.ofMillis(sources.get(MIN_RESIDENCY_MS)),
            Duration.ofMillis(sources.get(EVICT_CHECK_INTERVAL_MS)),
            sources.get(RESIDENT_CAP),
            sources.get(MAX_PARALLEL_LOADS),
            sources.get(WARMUP_ENABLED),
            sources.get(WARMUP_TEXT),
            sources.resolve(sources.get(VOICEPACK_ROOT)),
            sources.get(ALIASES),
            sources.get(AUTO_INSTALL));
    if (Files.exists(settings.voicepackRoot()) && !Files.isDirectory(settings.voicepackRoot())) {
      sources.conflict(
          VOICEPACK_ROOT,
          "value %s is not allowed; allowed: a folder"
              .formatted(Redaction.quoted(settings.voicepackRoot().toString())));
    }
    warnOfAdapter(sources, settings);
    return settings;
  }

  /// A file or folder; the empty text is none.
  static ScalarType<Path> path() {
    return ScalarType.parsed("a path", ModelKeys::parsePath);
  }

  private static Optional<Path> parsePath(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// The adapter decides nothing any more, but who names one expects its family.
  private static void warnOfAdapter(Sources sources, ModelSettings settings) {
    Optional<String> adapter =
        sources.option(Option.ADAPTER).or(() -> sources.variable("ADAPTER_TYPE"));
    String id =
        settings.aliases().getOrDefault(settings.defaultModelId(), settings.defaultModelId());
    int dash = id.indexOf('-');
    String family = dash < 0 ? id : id.substring(0, dash);
    if (adapter.isPresent() && !family.equalsIgnoreCase(adapter.get().strip())) {
      sources.warn(
          "adapter %s does not agree with the default model %s of family %s: the model decides"
              .formatted(Redaction.quoted(adapter.get()), id, family));
    }
  }
}
