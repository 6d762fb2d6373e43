package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.WordSplitter;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times of words against the sound itself, on a stock voice, where it is installed: a word after a
/// pause begins where the sound does.
@Tag("slow")
final class RealWordTimesTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final int RATE = 22_050;
  private static final List<String> SENTENCES =
      List.of(
          "Please wait here, Peter, because the doctor is late.",
          "Bring bread, butter, cheese, tomatoes and a bottle of milk.",
          "Behind the house, dark and quiet, Paul was digging.",
          "To be honest, Kevin, part of it was not to be seen.");

  @TempDir Path folder;

  @Test
  void wordsAfterPausesBeginWhereTheSoundDoes() {
    assumeTrue(Files.exists(MODEL), () -> MODEL + " is not installed");
    Path natives = Path.of(Objects.requireNonNull(System.getProperty("tts.native.directory")));
    PiperFixture fixture = new PiperFixture(folder, PiperFixture.cpu(1));
    List<Double> starts = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    int expected = 0;
    try (EspeakPool espeak = new EspeakPool(natives, 1, Thread.ofPlatform().daemon().factory());
        VoiceModel voice =
            fixture.loader(espeak).load(PiperFixture.pack(VOICE, MODEL), Placement.CPU)) {
      for (String sentence : SENTENCES) {
        List<WordTiming> words = new ArrayList<>();
        Envelope envelope = new Envelope(speak(voice, sentence, words));
        boolean paused = true;
        for (WordTiming word : words) {
          expected += paused ? 1 : 0;
          char next = sentence.charAt((int) word.sourceEnd());
          boolean comma = ",.?!".indexOf(next) >= 0;
          envelope.onset(word, paused).ifPresent(starts::add);
          envelope.end(word, comma).ifPresent(ends::add);
          paused = comma;
        }
      }
    }
    assertTrue(starts.size() >= 0.8 * expected, starts.size() + " of " + expected);
    assertTrue(quantile(absolute(starts), 0.5) < 0.030, starts::toString);
    assertTrue(quantile(absolute(starts), 0.9) < 0.080, starts::toString);
    // The last phoneme includes part of the pause.
    assertTrue(quantile(absolute(ends), 0.5) < 0.080, ends::toString);
  }

  private static float[] speak(VoiceModel voice, String sentence, List<WordTiming> placed) {
    List<SpokenWord> words =
        WordSplitter.of(new Segment(sentence, 0, sentence.length())).stream().toList();
    Rendering rendering =
        voice.render(
            sentence,
            new WordTimingRequest(words, false),
            VoiceSettings.DEFAULTS,
            new SplittableRandom(1));
    List<float[]> parts = new ArrayList<>();
    while (!rendering.isFinished()) {
      parts.add(rendering.step(Pace.of(64), new CancellationToken()));
      placed.addAll(rendering.takeWords());
    }
    return Renderings.join(parts);
  }

  private static List<Double> absolute(List<Double> values) {
    return values.stream().map(Math::abs).toList();
  }

  private static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
  }

  /// Where there is sound, looked at every 2.5 ms.
  private static final class Envelope {
    private static final int BLOCK = RATE / 400;
    private static final double SILENT = 0.03;
    private static final int SHORTEST_SILENCE = 24;
    private static final int NEAR = 80;

    private final boolean[] silent;

    Envelope(float[] samples) {
      double[] levels = new double[samples.length / BLOCK];
      double loudest = 0;
      for (int i = 0; i < levels.length; i++) {
        for (int k = 0; k < BLOCK; k++) {
          float sample = samples[i * BLOCK + k];
          levels[i] += sample * sample / BLOCK;
        }
        levels[i] = Math.sqrt(levels[i]);
        loudest = Math.max(loudest, levels[i]);
      }
      silent = new boolean[levels.length];
      for (int i = 0; i < levels.length; i++) {
        silent[i] = levels[i] < SILENT * loudest;
      }
    }

    /// Seconds from the word's start to the nearest end of a silence.
    Optional<Double> onset(WordTiming word, boolean paused) {
      return paused ? nearest(word.start(), true) : Optional.empty();
    }

    /// Seconds from the word's end to the nearest start of a silence.
    Optional<Double> end(WordTiming word, boolean comma) {
      return comma ? nearest(word.end(), false) : Optional.empty();
    }

    private Optional<Double> nearest(long sample, boolean ends) {
      int block = (int) (sample / BLOCK);
      double best = Double.NaN;
      int begin = 0;
      for (int i = 0; i <= silent.length; i++) {
        boolean quiet = i < silent.length && silent[i];
        if (quiet) {
          continue;
        }
        boolean longEnough = i - begin >= SHORTEST_SILENCE || (begin == 0 && i > 0);
        int edge = ends ? i : begin;
        boolean better = Double.isNaN(best) || Math.abs(edge - block) < Math.abs(best);
        if (longEnough && Math.abs(edge - block) <= NEAR && better) {
          best = edge - block;
        }
        begin = i + 1;
      }
      return Double.isNaN(best)
          ? Optional.empty()
          : Optional.of((best * BLOCK - sample % BLOCK) / RATE);
    }
  }
}
