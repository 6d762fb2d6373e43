package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.FakeModels;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PiperNamesTest {
  private final FakeModels models = new FakeModels();

  @BeforeEach
  void install() {
    Map<String, String> aliases = Map.of("aliases", "piper-en-us-lessac-medium");
    models.installed =
        List.of(
            new ModelStatus(
                new Voicepack(
                    "piper-en-us-joe-medium", "piper", Optional.empty(), List.of("en"), Map.of()),
                true,
                aliases,
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "en_US-joe-medium, piper-en-us-joe-medium",
    "' en_us-JOE-medium', piper-en-us-joe-medium",
    "en_US-lessac-medium, piper-en-us-lessac-medium",
    "en_US-ryan-high, ''",
    "piper-en-us-joe-medium, piper-en-us-joe-medium",
    "'', ''",
  })
  void namesOfPiperMeanItsVoicesWhereTheyAreInstalled(String name, String model) {
    assertEquals(
        new VoiceNames.Meaning(model, Optional.empty()),
        new PiperNames(models, "voice", true).resolve(name, ""));
  }

  @Test
  void othersAreRefusedByTheNameThatWasGiven() {
    for (String name : List.of("en_US-ryan-high", "piper-en-us-ryan-high", "nobody")) {
      boolean foreign = !name.startsWith("en_");
      PiperNames names = new PiperNames(models, "voice", foreign);
      WorkerException failure = assertThrows(WorkerException.class, () -> names.resolve(name, ""));
      assertEquals(
          "voice: Model not found: " + name + "; installed: piper-en-us-joe-medium",
          failure.getMessage().replaceFirst("; did you mean [^;]*", ""));
    }
  }
}
