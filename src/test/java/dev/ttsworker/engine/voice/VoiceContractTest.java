package dev.ttsworker.engine.voice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.WordSplitter;
import dev.ttsworker.engine.voice.hibari.TinyHibari;
import dev.ttsworker.engine.voice.kokoro.TinyKokoro;
import dev.ttsworker.engine.voice.piper.TinyPiper;
import dev.ttsworker.engine.voice.tone.Tone;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every voice family promises, whatever it is.
@Tag("slow")
final class VoiceContractTest {
  private static final String TEXT = "a long sentence that goes on";
  private static final Map<String, VoiceModel> VOICES = new LinkedHashMap<>();

  @TempDir static Path folder;

  @BeforeAll
  static void load() throws IOException {
    VOICES.put("piper", TinyPiper.open(Files.createDirectories(folder.resolve("piper"))));
    VOICES.put("hibari", TinyHibari.open(Files.createDirectories(folder.resolve("hibari"))));
    VOICES.put("kokoro", TinyKokoro.open(Files.createDirectories(folder.resolve("kokoro"))));
    VOICES.put("mock", Tone.open());
  }

  /// Twice: closing is idempotent.
  @AfterAll
  static void close() {
    VOICES.values().forEach(VoiceModel::close);
    VOICES.values().forEach(VoiceModel::close);
  }

  static Set<String> families() {
    return VOICES.keySet();
  }

  private static VoiceModel voice(String family) {
    return VOICES.getOrDefault(family, VOICES.values().iterator().next());
  }

  private static Rendering render(VoiceModel voice, long seed) {
    return voice.render(TEXT, VoiceSettings.DEFAULTS, new SplittableRandom(seed));
  }

  @ParameterizedTest
  @MethodSource("families")
  void describesItself(String family) {
    VoiceDescription description = voice(family).description();
    assertEquals(family, description.family());
    assertTrue(description.modelId().startsWith(family + "-"), description.modelId());
    assertTrue(description.sampleRateHz() >= 8_000 && description.sampleRateHz() <= 48_000);
    assertTrue(description.speakerCount() >= 1);
    assertTrue(!description.languages().isEmpty());
    assertEquals("cpu", description.device());
    assertTrue(Math.abs(voice(family).gainDb()) <= 20);
  }

  @ParameterizedTest
  @MethodSource("families")
  void samplesDependOnSeedAndTextAlone(String family) {
    VoiceModel voice = voice(family);
    SplittableRandom random = new SplittableRandom(family.length());
    float[] expected = Renderings.speak(render(voice, 1), () -> 64);
    assertTrue(expected.length > 0);
    for (float sample : expected) {
      assertTrue(Float.isFinite(sample));
    }
    assertArrayEquals(
        expected, Renderings.speak(render(voice, 1), () -> 1 + random.nextInt(128)), family);
  }

  @ParameterizedTest
  @MethodSource("families")
  void callsAtOnceDoNotMix(String family) throws Exception {
    VoiceModel voice = voice(family);
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      List<Future<float[]>> said = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        Rendering rendering = render(voice, seed);
        said.add(callers.submit(() -> Renderings.speak(rendering, () -> 16)));
      }
      for (int seed = 0; seed < 3; seed++) {
        assertArrayEquals(
            Renderings.speak(render(voice, seed), () -> 16), said.get(seed).get(), "" + seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void cancelledCallEndsAndTheNextOneIsUnharmed(String family) {
    VoiceModel voice = voice(family);
    float[] expected = Renderings.speak(render(voice, 5), () -> 64);
    CancellationToken cancel = new CancellationToken();
    Rendering rendering = render(voice, 5);
    cancel.cancel();
    if (!family.equals("mock")) {
      WorkerException thrown =
          assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
      assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    }
    assertArrayEquals(expected, Renderings.speak(render(voice, 5), () -> 64));
  }

  @ParameterizedTest
  @MethodSource("families")
  void wordsComeInOrderAndLieInTheSound(String family) {
    VoiceModel voice = voice(family);
    WordTimingRequest asked =
        new WordTimingRequest(
            WordSplitter.of(new Segment(TEXT, 0, TEXT.length())).stream().toList(), false);
    Rendering rendering =
        voice.render(TEXT, asked, VoiceSettings.DEFAULTS, new SplittableRandom(1));
    List<WordTiming> words = new ArrayList<>();
    long samples = 0;
    while (!rendering.isFinished()) {
      float[] made = rendering.step(Pace.of(16), new CancellationToken());
      List<WordTiming> known = rendering.takeWords();
      for (WordTiming word : known) {
        assertTrue(word.start() >= samples - 1 || made.length == 0, "known too late: " + word);
      }
      samples += made.length;
      words.addAll(known);
    }
    long last = 0;
    for (WordTiming word : words) {
      assertTrue(word.start() >= last && word.end() >= word.start(), words::toString);
      assertTrue(word.end() <= samples, word + " of " + samples);
      last = word.start();
    }
    assertTrue(words.isEmpty() || words.size() == asked.words().size(), words::toString);
  }

  @ParameterizedTest
  @MethodSource("families")
  void spokenFamiliesSayWhatIpaTheyLack(String family) {
    List<String> unknown = voice(family).unknownPhonemes("a☃a☃");
    assertEquals(family.equals("mock") ? List.of() : List.of("☃"), unknown);
    assertEquals(List.of(), voice(family).unknownPhonemes(""));
  }
}
