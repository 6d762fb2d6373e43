package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VoiceNamesTest {
  private final FakeModels models = new FakeModels();
  private final VoiceNames names =
      new VoiceNames(models, "voice_name", Optional.of(Pattern.compile("magpie.*")));

  @BeforeEach
  void install() {
    models.installed =
        List.of(
            status("hibari-heart", "hibari", List.of("en-US", "en"), Map.of("default", "true")),
            status("piper-de", "piper", List.of("de-DE", "de"), Map.of("aliases", "karl, kurt")),
            status("piper-de.x", "piper", List.of("de-AT"), Map.of()));
  }

  private static ModelStatus status(
      String id, String family, List<String> languages, Map<String, String> metadata) {
    return new ModelStatus(
        new Voicepack(id, family, Optional.empty(), languages, Map.of()), true, metadata, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', ",
    "'', en, '', ",
    "'', EN_gb, '', ",
    "'', de-AT, piper-de, ",
    "' ', de, piper-de, ",
    "Hibari-Heart, de, hibari-heart, ",
    "piper-de, '', piper-de, ",
    "Karl, '', karl, ",
    "piper, '', piper, ",
    "piper-de.Anna, '', piper-de, Anna",
    "piper-de.default, '', piper-de, ",
    "piper-de.3, '', piper-de, 3",
    "kurt.Anna, '', kurt, Anna",
    "piper-de.x, '', piper-de.x, ",
    "piper-de.x.Anna, '', piper-de.x, Anna",
    "Magpie-Multilingual.EN-US.Aria, en-US, '', ",
    "Magpie-Multilingual.DE-DE.Aria, de-DE, piper-de, ",
  })
  void namesMeanModelsAndSpeakers(String name, String language, String model, String speaker) {
    assertEquals(
        new VoiceNames.Meaning(model, Optional.ofNullable(speaker)), names.resolve(name, language));
  }

  @Test
  void unknownNamesAndLanguagesAreRefusedWithWhatThereIs() {
    assertRefused(
        "voice_name: Model not found: hibari-hart; did you mean hibari-heart; installed: hibari-heart,",
        () -> names.resolve("hibari-hart", ""));
    assertRefused(
        "voice_name: Model not found: piper-en.Anna", () -> names.resolve("piper-en.Anna", ""));
    assertRefused(
        "no installed voice speaks the language fr-FR; allowed: de, de-AT, de-DE, en, en-US",
        () -> names.resolve("", "fr-FR"));
    assertRefused("fr", () -> names.resolve("magpie-fr", "fr"));
    VoiceNames strict = new VoiceNames(models, "voice", Optional.empty());
    assertRefused("voice: Model not found: magpie-x", () -> strict.resolve("magpie-x", "en"));
  }

  private static void assertRefused(String message, Runnable resolving) {
    WorkerException refused = assertThrows(WorkerException.class, resolving::run);
    assertEquals(ErrorCode.INVALID_FIELD, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
  }
}
