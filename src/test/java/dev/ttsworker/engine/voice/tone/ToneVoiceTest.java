package dev.ttsworker.engine.voice.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ToneVoiceTest {
  private static final Voicepack TONE =
      new Voicepack("mock-440hz", "mock", Optional.empty(), List.of("en"), Map.of());

  private final VoiceModel voice = new ToneVoice(TONE);

  @Test
  void chunkIsHalfASecondOf440Hz() {
    float[] samples = render("anything");
    assertEquals(25 * 960, samples.length);
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    }
    assertTrue(crossings == 219 || crossings == 220, crossings + " rising crossings in 500 ms");
  }

  @Test
  void chunksJoinWithoutAClick() {
    float[] samples = render("one");
    float largest = 0;
    for (int i = 1; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
    }
    float first = render("two")[0];
    assertEquals(0f, first);
    assertTrue(Math.abs(first - samples[samples.length - 1]) <= largest);
  }

  @Test
  void describesItself() {
    VoiceDescription description = voice.description();
    assertEquals(48_000, description.sampleRateHz());
    assertEquals(VoiceDescription.Input.CHUNK, description.input());
    assertEquals("mock", description.family());
    assertEquals(0, voice.gainDb());
  }

  @Test
  void cancelledCallGetsNothing() {
    CancellationToken cancel = new CancellationToken();
    cancel.cancel();
    Rendering rendering = voice.render("x", VoiceSettings.DEFAULTS, new SplittableRandom(1));
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
  }

  private float[] render(String text) {
    Rendering rendering = voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(1));
    float[] samples = rendering.step(Pace.of(16), new CancellationToken());
    assertTrue(rendering.isFinished());
    return samples;
  }
}
