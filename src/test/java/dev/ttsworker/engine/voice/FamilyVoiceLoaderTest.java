package dev.ttsworker.engine.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.voice.tone.ToneVoiceLoader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FamilyVoiceLoaderTest {
  private final FamilyVoiceLoader loader =
      new FamilyVoiceLoader(Map.of("mock", new ToneVoiceLoader()));

  @Test
  void loadsByFamily() {
    try (VoiceModel voice = loader.load(pack("mock-440hz", "mock"), Placement.CPU)) {
      assertEquals("mock-440hz", voice.description().modelId());
    }
  }

  @Test
  void unknownFamilyIsNamedWithTheKnownOnes() {
    WorkerException thrown =
        assertThrows(
            WorkerException.class, () -> loader.load(pack("bark-x", "bark"), Placement.CPU));
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(thrown.getMessage().contains("\"bark\""), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("[mock]"), thrown.getMessage());
  }

  private static Voicepack pack(String id, String family) {
    return new Voicepack(id, family, Optional.empty(), List.of(), Map.of());
  }
}
