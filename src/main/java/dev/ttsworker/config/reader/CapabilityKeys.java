package dev.ttsworker.config.reader;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.ScalarType;
import java.util.List;

/// The keys of `worker.capabilities`.
final class CapabilityKeys {
  private static final String SECTION = "worker.capabilities.";

  static final Key<Boolean> STREAMING =
      Key.of(
          SECTION + "streaming",
          ScalarType.flag(),
          true,
          c -> c.worker().capabilities().streaming());

  static final Key<Boolean> ZERO_SHOT =
      Key.of(
          SECTION + "zero_shot",
          ScalarType.flag(),
          false,
          c -> c.worker().capabilities().zeroShot());

  static final Key<Boolean> LORA =
      Key.of(SECTION + "lora", ScalarType.flag(), false, c -> c.worker().capabilities().lora());

  static final Key<Boolean> CPU_OK =
      Key.of(SECTION + "cpu_ok", ScalarType.flag(), true, c -> c.worker().capabilities().cpuOk());

  static final Key<List<String>> LANGUAGES =
      Key.of(
          SECTION + "languages",
          new ListType<>(
              ScalarType.text(
                  "a language such as en or en-US",
                  text -> text.matches("[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")),
              1,
              100),
          List.of("en"),
          c -> c.worker().capabilities().languages());

  static final Key<Boolean> EMOTIVE_ZERO_PROMPT =
      Key.of(
          SECTION + "emotive_zero_prompt",
          ScalarType.flag(),
          false,
          c -> c.worker().capabilities().emotiveZeroPrompt());

  static final Key<Integer> MAX_CONCURRENT_SESSIONS =
      Key.of(
              SECTION + "max_concurrent_sessions",
              ScalarType.whole(1, 100_000),
              10,
              c -> c.worker().capabilities().maxConcurrentSessions())
          .variables("MAX_CONCURRENT_SESSIONS");

  static final List<Key<?>> ALL =
      List.of(
          STREAMING,
          ZERO_SHOT,
          LORA,
          CPU_OK,
          LANGUAGES,
          EMOTIVE_ZERO_PROMPT,
          MAX_CONCURRENT_SESSIONS);

  private CapabilityKeys() {}

  static CapabilitySettings read(Sources sources) {
    return new CapabilitySettings(
        sources.get(STREAMING),
        sources.get(ZERO_SHOT),
        sources.get(LORA),
        sources.get(CPU_OK),
        sources.get(LANGUAGES),
        sources.get(EMOTIVE_ZERO_PROMPT),
        sources.get(MAX_CONCURRENT_SESSIONS));
  }
}
