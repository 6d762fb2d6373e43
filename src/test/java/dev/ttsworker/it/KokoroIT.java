package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// The tiny Kokoro voice behind the gRPC port: speakers, and blends of them.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class KokoroIT {
  @TempDir Path folder;

  @Test
  void blendOfSpeakersIsHeard() throws Exception {
    HibariIT.installTiny(folder);
    TinyVoices.copyFolder(
        Path.of("src/test/resources/voicepacks/kokoro/tiny"),
        folder.resolve("voicepacks/kokoro/tiny"));
    try (TestWorker worker =
        TestWorker.startIn(folder, Map.of("DEFAULT_MODEL_ID", "kokoro-tiny"))
            .await(Readiness.State.SERVING)) {
      byte[] one = say(worker, "af_bella", "The cat and the dog.");
      byte[] blend = say(worker, "af_bella:0.7+bf_emma:0.3", "The cat and the dog.");
      assertTrue(blend.length > 10 * 1920, blend.length + " bytes");
      assertFalse(Arrays.equals(one, blend));
      byte[] same = say(worker, "bf_emma:3 + af_bella:7", "The cat and the dog.");
      assertTrue(same.length > 10 * 1920, same.length + " bytes");
      assertArrayEquals(blend, say(worker, "af_bella:7+bf_emma:3", "The cat and the dog."));
      // The first one says the language, which eSpeak NG reads.
      assertTrue(say(worker, "ef_dora:0.5+af_bella:0.5", "Buenos días.").length > 10 * 1920);
      AssertionError refused =
          assertThrows(AssertionError.class, () -> say(worker, "af_bella:0.7+nobody:0.3", "a"));
      assertTrue(String.valueOf(refused.getMessage()).contains("speaker"), refused.toString());
      assertArrayEquals(one, say(worker, "af_bella", "The cat and the dog."));
    }
  }

  private static byte[] say(TestWorker worker, String speaker, String text) throws Exception {
    worker.session(speaker, "", Map.of("speaker", speaker));
    return worker.say(speaker, text);
  }
}
