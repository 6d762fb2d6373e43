package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeechPipelineTest {
  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000})
  void framesAreTheSameHoweverTheInputWasCut(int rateHz) {
    long seed = System.nanoTime();
    System.out.println("SpeechPipelineTest seed " + seed);
    Random random = new Random(seed);
    float[] signal = Signals.noise(random, 0.2, rateHz / 2 + random.nextInt(500));
    byte[] whole = bytes(frames(pipeline(rateHz, 9, -1), List.of(signal)));
    for (int round = 0; round < 5; round++) {
      SpeechPipeline pipeline = pipeline(rateHz, 9, -1);
      assertArrayEquals(
          whole, bytes(frames(pipeline, Signals.cut(signal, random))), "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "22050, 1, 1", "22050, 441, 1", "22050, 442, 2", "22050, 882, 2", "22050, 883, 3",
    "16000, 320, 1", "16000, 321, 2", "48000, 960, 1", "48000, 961, 2", "8000, 160000, 1000"
  })
  void thereAreAsManyFramesAsTheInputLasts(int rateHz, int samples, int expected) {
    List<byte[]> frames = frames(pipeline(rateHz, 0, 0), List.of(new float[samples]));
    assertEquals(expected, frames.size());
    assertTrue(frames.stream().allMatch(frame -> frame.length == 1_920));
  }

  @Test
  void theLastFrameEndsInSilenceAndTheFirstBeginsWithSound() {
    float[] loud = new float[1_000];
    Arrays.fill(loud, 0.5f);
    short[] out = pcm(frames(pipeline(48_000, 0, 0), List.of(loud)));
    assertEquals(1_920, out.length);
    for (int i = 0; i < out.length; i++) {
      assertEquals(i < 1_000 ? 16_384 : 0, out[i], "sample " + i);
    }
  }

  @Test
  void framesComeAsSoonAsTheyAreCertain() {
    SpeechPipeline pipeline = pipeline(48_000, 0, 0);
    int lookAhead = PolyphaseTaps.FEWEST / 2 + PeakLimiter.lookAhead(48_000);
    assertEquals(0, pipeline.process(new float[960 + lookAhead - 1]).size());
    assertEquals(1, pipeline.process(new float[1]).size());
    assertEquals(0, pipeline.process(new float[0]).size());
  }

  @Test
  void noInputGivesNoFrames() {
    SpeechPipeline pipeline = pipeline(22_050, 0, -1);
    assertEquals(List.of(), pipeline.process(new float[0]));
    assertEquals(List.of(), pipeline.finish());
  }

  @Test
  void finishingTwiceGivesNothingMoreAndNoInputIsTakenAfterwards() {
    SpeechPipeline pipeline = pipeline(22_050, 0, -1);
    assertEquals(0, pipeline.process(new float[10]).size());
    assertEquals(1, pipeline.finish().size());
    assertEquals(List.of(), pipeline.finish());
    assertThrows(IllegalStateException.class, () -> pipeline.process(new float[10]));
  }

  @Test
  void theGainIsAppliedAndPeaksStayBelowTheCeiling() {
    float[] quiet = Signals.sine(1_000, 48_000, 0.1, 9_600);
    short[] louder = pcm(frames(pipeline(48_000, 6, -1), List.of(quiet)));
    short[] limited = pcm(frames(pipeline(48_000, 40, -1), List.of(quiet)));
    assertEquals(0.1 * Math.pow(10, 6 / 20.0) * 32_768, peak(louder), 2);
    assertEquals(Math.pow(10, -1 / 20.0) * 32_768, peak(limited), 40);
    assertTrue(peak(limited) <= Math.pow(10, -1 / 20.0) * 32_768 + 0.5);
  }

  @Test
  void fullScaleIsClampedAndNeverWraps() {
    List<byte[]> frames = new ArrayList<>();
    FrameAssembler assembler = new FrameAssembler(AudioFormat.DEFAULT);
    float[] extremes = {
      1, -1, 1.5f, -1.5f, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };
    assembler.add(extremes, frames);
    assembler.flush(frames);
    short[] expected = {32_767, -32_768, 32_767, -32_768, 32_767, -32_768, 32_767, -32_768, 0, 0};
    assertArrayEquals(expected, Arrays.copyOf(pcm(frames), expected.length));
  }

  @Test
  void aBrokenSampleDoesNotSilenceTheRest() {
    float[] signal = Signals.sine(400, 22_050, 0.5, 22_050);
    signal[5_000] = Float.NaN;
    short[] out = pcm(frames(pipeline(22_050, 0, -1), List.of(signal)));
    assertEquals(0.5 * 32_768, peak(Arrays.copyOfRange(out, 24_000, 48_000)), 20);
  }

  @Test
  void givenArraysAreLeftAloneAndFramesAreNotReused() {
    float[] signal = Signals.sine(400, 48_000, 0.5, 9_600);
    float[] copy = signal.clone();
    SpeechPipeline pipeline = pipeline(48_000, 12, -1);
    List<byte[]> frames = pipeline.process(signal);
    byte[] before = bytes(frames);
    frames.addAll(pipeline.process(signal));
    assertArrayEquals(copy, signal);
    assertArrayEquals(before, Arrays.copyOf(bytes(frames), before.length));
    assertEquals(frames.size(), frames.stream().distinct().count());
  }

  @Test
  void parametersOutOfRangeAreNamed() {
    assertRefused("sampleRateHz", () -> pipeline(7_999, 0, -1));
    assertRefused("sampleRateHz", () -> pipeline(48_001, 0, -1));
    assertRefused("gainDb", () -> pipeline(22_050, Double.NaN, -1));
    assertRefused("ceilingDb", () -> pipeline(22_050, 0, 0.1));
  }

  /// N input samples are as many of the other rate, rounded up, and these whole frames.
  @ParameterizedTest
  @CsvSource({
    "24000, 24000, 480, 1", "24000, 8000, 480, 1", "24000, 8000, 481, 2",
        "22050, 16000, 44100, 100",
    "24000, 11025, 2398, 5", "24000, 11025, 1205, 3", "48000, 44100, 48001, 51",
        "8000, 32000, 161, 2"
  })
  void otherRatesHaveFramesOfTwentyMilliseconds(int from, int to, int samples, int expected) {
    AudioFormat format = new AudioFormat(to, AudioEncoding.PCM_S16LE);
    List<byte[]> frames =
        frames(new SpeechPipeline(from, 0, 0, format), List.of(new float[samples]));
    assertEquals(expected, frames.size());
    for (int i = 0; i < expected; i++) {
      assertEquals(format.frameBytes(i), frames.get(i).length, "frame " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyFormatIsTheSameToneHoweverTheInputWasCut(AudioFormat format) {
    int rate = format.sampleRateHz();
    float[] tone = Signals.sine(1_000, 24_000, 0.25, 24_000);
    List<byte[]> whole = frames(new SpeechPipeline(24_000, 0, -1, format), List.of(tone));
    SpeechPipeline pipeline = new SpeechPipeline(24_000, 0, -1, format);
    List<byte[]> cut = frames(pipeline, Signals.cut(tone, new Random(rate)));
    assertArrayEquals(bytes(whole), bytes(cut));
    float[] heard = decoded(format, bytes(whole));
    assertEquals(rate, heard.length);
    double amplitude = Signals.amplitudeAt(1_000, heard, rate, rate / 4, rate * 3 / 4);
    assertEquals(0.25, amplitude, format.encoding() == AudioEncoding.PCM_S16LE ? 1e-4 : 5e-3);
    double rest =
        Signals.decibels(Signals.residueRatio(1_000, heard, rate, rate / 4, rate * 3 / 4));
    assertTrue(rest < (format.encoding() == AudioEncoding.PCM_S16LE ? -75 : -30), rest + " dB");
  }

  static List<AudioFormat> formats() {
    return AudioFormat.RATES_HZ.stream()
        .flatMap(rate ->
            Arrays.stream(AudioEncoding.values()).map(encoding -> new AudioFormat(rate, encoding)))
        .toList();
  }

  private static float[] decoded(AudioFormat format, byte[] audio) {
    int bytes = format.encoding().bytesPerSample();
    float[] samples = new float[audio.length / bytes];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = format.encoding().decode(audio, i * bytes) / 32768f;
    }
    return samples;
  }

  private static SpeechPipeline pipeline(int sampleRateHz, double gainDb, double ceilingDb) {
    return new SpeechPipeline(sampleRateHz, gainDb, ceilingDb, AudioFormat.DEFAULT);
  }

  private static void assertRefused(String name, Runnable build) {
    String message = assertThrows(IllegalArgumentException.class, build::run).getMessage();
    assertFalse(message == null || !message.startsWith(name), message);
  }

  private static List<byte[]> frames(SpeechPipeline pipeline, List<float[]> parts) {
    List<byte[]> frames = new ArrayList<>();
    for (float[] part : parts) {
      frames.addAll(pipeline.process(part));
    }
    frames.addAll(pipeline.finish());
    return frames;
  }

  private static byte[] bytes(List<byte[]> frames) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    frames.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  private static short[] pcm(List<byte[]> frames) {
    byte[] whole = bytes(frames);
    short[] samples = new short[whole.length / 2];
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  private static int peak(short[] samples) {
    int peak = 0;
    for (short sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }
}
