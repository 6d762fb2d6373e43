package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints the CPU time of a second of speech by stage. `-Dmeasure.rounds=21` measures well.
@Tag("slow")
final class CpuTimeTest {
  private static final int ROUNDS = Integer.getInteger("measure.rounds", 1);
  private static final List<String> SENTENCES =
      List.of(
          "ʃˌi sˈɛlz sˈi ʃˈɛlz bI ðə sˈi ʃˈɔɹ, wˌIl ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ.",
          "nˈʌmbəɹz sˈʌʧ æz fˈɔɹTi tˈu, nˈIn hˈʌndɹəd ænd sˈɛvən ɑɹ ɹˈɛd ɪn wˈɜɹdz.",
          "hˌW ɑɹ jˈu?");

  @TempDir Path folder;

  @Test
  void realVoice() {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    HibariFixture fixture = new HibariFixture(folder, 1);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (VoiceModel voice = fixture.load(fixture.install(HibariFixture.REAL))) {
      for (String sentence : SENTENCES) {
        Map<SynthesisStage, double[]> times = new EnumMap<>(SynthesisStage.class);
        double seconds = 0;
        double early = 0;
        for (int round = 0; round < ROUNDS; round++) {
          Rendering rendering =
              voice.render(sentence, VoiceSettings.DEFAULTS, new SplittableRandom(round));
          long samples = 0;
          while (!rendering.isFinished()) {
            long start = threads.getCurrentThreadCpuTime();
            Pace pace = Pace.of(samples == 0 ? 8 : 64);
            int made = rendering.step(pace, new CancellationToken()).length;
            double took = (threads.getCurrentThreadCpuTime() - start) / 1e6;
            times.computeIfAbsent(rendering.latestStage(), _ -> new double[ROUNDS])[round] += took;
            early += samples == 0 ? took / ROUNDS : 0;
            samples += made;
          }
          seconds = samples / 24_000.0;
        }
        StringBuilder line = new StringBuilder();
        double all = 0;
        for (Map.Entry<SynthesisStage, double[]> stage : times.entrySet()) {
          double[] sorted = stage.getValue().clone();
          java.util.Arrays.sort(sorted);
          double median = sorted[ROUNDS / 2] / seconds;
          all += median;
          line.append(String.format(Locale.ROOT, "%s %.2f, ", stage.getKey(), median));
        }
        System.out.printf(
            Locale.ROOT,
            "hibari: %.2f s: %sin all %.2f ms of CPU time for a second; up to the first sound %.1f ms%n",
            seconds,
            line,
            all,
            early);
        assertTrue(all > 0 && seconds > 0.5);
      }
    }
  }
}
