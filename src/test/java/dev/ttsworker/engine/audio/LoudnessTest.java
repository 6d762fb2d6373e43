package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoudnessTest {
  @ParameterizedTest
  @CsvSource({
    "8000, 0.25",
    "11025, 0.15",
    "16000, 0.05",
    "22050, 0.03",
    "24000, 0.03",
    "44100, 0.005",
    "48000, 0.005"
  })
  void theReferenceToneOfTheStandardHasItsFigure(int rateHz, double tolerance) {
    float[] tone = Signals.sine(997, rateHz, 1, 5 * rateHz);
    double lufs = Loudness.integratedLufs(tone, rateHz).orElseThrow();
    System.out.printf("LoudnessTest %d Hz: %.4f LUFS%n", rateHz, lufs);
    assertEquals(-3.01, lufs, tolerance);
  }

  @Test
  void theWeightingAt48KilohertzIsTheStandardsTable() {
    Biquad shelf =
        new Biquad(
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            -1.69065929318241,
            0.73248077421585);
    Biquad highPass = new Biquad(1, -2, 1, -1.99004745483398, 0.99007225036621);
    KWeighting weighting = new KWeighting(48_000);
    for (int i = 0; i < 5_000; i++) {
      double sample = i == 0 ? 1 : 0;
      assertEquals(highPass.next(shelf.next(sample)), weighting.next(sample), 1e-9);
    }
  }

  @Test
  void levelsAreDecibels() {
    double quiet =
        Loudness.integratedLufs(Signals.sine(997, 22_050, 0.1, 60_000), 22_050).orElseThrow();
    double loud =
        Loudness.integratedLufs(Signals.sine(997, 22_050, 1, 60_000), 22_050).orElseThrow();
    assertEquals(20, loud - quiet, 1e-4);
  }

  @Test
  void silenceBetweenWordsAndWhatIsFarBelowThemDoNotCount() {
    int rateHz = 48_000;
    float[] loud = Signals.sine(997, rateHz, 0.1, 10 * rateHz);
    double expected = Loudness.integratedLufs(loud, rateHz).orElseThrow();
    float[] quiet = Signals.sine(997, rateHz, 0.01, 10 * rateHz);
    assertEquals(expected, with(loud, new float[10 * rateHz]), 0.1);
    assertEquals(expected, with(loud, quiet), 0.1);
    float[] little = Signals.sine(997, rateHz, 0.05, 10 * rateHz);
    assertEquals(10 * Math.log10((1 + 0.25) / 2), with(loud, little) - expected, 0.1);
  }

  @Test
  void whatCannotBeMeasuredGivesNothing() {
    assertEquals(OptionalDouble.empty(), Loudness.integratedLufs(new float[0], 22_050));
    assertEquals(OptionalDouble.empty(), Loudness.integratedLufs(new float[50_000], 22_050));
    assertEquals(
        OptionalDouble.empty(),
        Loudness.integratedLufs(Signals.sine(997, 22_050, 1, 8_819), 22_050));
    assertEquals(
        OptionalDouble.empty(),
        Loudness.integratedLufs(Signals.sine(997, 22_050, Double.NaN, 50_000), 22_050));
    assertThrows(
        IllegalArgumentException.class, () -> Loudness.integratedLufs(new float[100], 7_999));
  }

  private static double with(float[] first, float[] second) {
    return Loudness.integratedLufs(Signals.join(List.of(first, second)), 48_000).orElseThrow();
  }
}
