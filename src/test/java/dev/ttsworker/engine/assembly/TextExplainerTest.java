package dev.ttsworker.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ttsworker.engine.ExplainRequest;
import dev.ttsworker.engine.TextExplainer;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.voice.tone.ToneFamily;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextExplainerTest {
  @TempDir Path folder;

  /// A voice without phonemes, or without a language, is read for in American English.
  @Test
  void frontEndIsAmericanUnlessBritishIsAskedFor() {
    Voicepack tone = new ToneFamily().builtIn().getFirst();
    String american = phonemes(Optional.empty(), List.of("en-US"));
    assertEquals(american, phonemes(Optional.of(tone), tone.languages()));
    assertEquals(american, phonemes(Optional.empty(), List.of()));
    String german = phonemes(Optional.empty(), List.of("de"));
    assertNotEquals(american, german);
    assertEquals(german, phonemes(Optional.empty(), List.of("de-DE")));
    assertNotEquals(american, phonemes(Optional.empty(), List.of("en-GB")));
  }

  private String phonemes(Optional<Voicepack> voicepack, List<String> languages) {
    ExplainRequest request = new ExplainRequest(voicepack, languages, TextOptions.AS_WRITTEN);
    try (TextExplainer explainer =
        TextExplainer.open(TestOptions.onCpu(folder), request, _ -> {})) {
      return explainer.explain("Tomato, bath, hot water.").getFirst().phonemes();
    }
  }
}
