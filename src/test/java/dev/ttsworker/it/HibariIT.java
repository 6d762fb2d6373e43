package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.g2p.english.EnglishDataFormat;
import dev.ttsworker.engine.g2p.english.TinyEnglish;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.WordTiming;
import dev.ttsworker.voicepack.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A hibari voice with its language data behind the gRPC port, on the tiny voice and, where it is
/// installed, on a real one.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HibariIT {
  private static final String TEXT =
      "Hello, the [cat](/kˈæt/) and 2 dogs. [[dˈɔɡ]] 日本! It's the bus.";
  private static final Map<String, String> OPTIONS =
      Map.of("seed", "7", "max_lead_ms", "600000", "words", "on");

  @TempDir Path folder;

  static void installTiny(Path folder) throws IOException {
    Path voicepacks = folder.resolve("voicepacks");
    TinyVoices.copyFolder(
        Path.of("src/test/resources/voicepacks/hibari/tiny"), voicepacks.resolve("hibari/tiny"));
    new EnglishDataFormat()
        .compile(
            TinyEnglish.sources(folder.resolve("sources")),
            DataFormats.file(voicepacks, "english"));
  }

  /// Copies the installed default voice.
  static void installReal(Path folder) throws IOException {
    Path voice = Path.of("voicepacks/hibari/en-us-heart");
    Path data = DataFormats.file(Path.of("voicepacks"), "english");
    assumeTrue(
        Files.isDirectory(voice) && Files.exists(data), "hibari-en-us-heart is not installed");
    TinyVoices.copyFolder(voice, folder.resolve("voicepacks/hibari/en-us-heart"));
    Files.copy(data, DataFormats.file(folder.resolve("voicepacks"), "english"));
  }

  @Test
  void tinyVoiceSpeaksWordsInOrderWithoutEspeak() throws Exception {
    installTiny(folder);
    assertSpeaks("hibari-tiny");
  }

  @Test
  void realVoiceSpeaksWordsInOrderWithoutEspeak() throws Exception {
    installReal(folder);
    assertSpeaks("hibari-en-us-heart");
  }

  private void assertSpeaks(String model) throws Exception {
    try (TestWorker worker =
        TestWorker.startApart(folder, Map.of("DEFAULT_MODEL_ID", model))
            .await(Readiness.State.SERVING)) {
      worker.session("words", "", OPTIONS);
      SpokenCall call = worker.call();
      call.sendFinal("words", TEXT);
      List<WordTiming> words = new ArrayList<>();
      long bytes = 0;
      for (Optional<AudioFrame> frame = call.next(); frame.isPresent(); frame = call.next()) {
        words.addAll(frame.get().getWordsList());
        bytes += frame.get().getAudioData().size();
      }
      double seconds = bytes / 96_000.0;
      assertTrue(seconds > 1, seconds + " s");
      assertEquals(
          List.of("Hello", "the", "cat", "and", "two", "dogs", "dˈɔɡ", "It's", "the", "bus"),
          words.stream().map(WordTiming::getText).toList());
      long before = 0;
      for (WordTiming word : words) {
        assertTrue(word.getStartMs() >= before, () -> word + " after another");
        assertTrue(word.getEndMs() > word.getStartMs(), word::toString);
        before = word.getStartMs();
      }
      assertTrue(words.getLast().getEndMs() <= bytes / 96, words.getLast()::toString);
      assertEquals(0, espeakThreads(), "eSpeak NG was started");
    }
  }

  private static long espeakThreads() {
    return TestWorker.threads().stream()
        .filter(thread -> thread.getName().startsWith("espeak-"))
        .count();
  }

  @Test
  void withoutItsLanguageDataItSaysHowToGetThem() throws Exception {
    installTiny(folder);
    Files.delete(DataFormats.file(folder.resolve("voicepacks"), "english"));
    try (TestWorker worker =
        TestWorker.startIn(folder, Map.of("DEFAULT_MODEL_ID", "mock-440hz"))
            .await(Readiness.State.SERVING)) {
      var answer =
          worker.stub().loadModel(LoadModelRequest.newBuilder().setModelId("hibari-tiny").build());
      assertTrue(answer.getMessage().contains("voices install english"), answer.getMessage());
      assertTrue(answer.getMessage().contains("english.dat"), answer.getMessage());
      worker.session("tone", "", Map.of());
      assertTrue(worker.say("tone", "a").length > 0);
    }
  }
}
