package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A voice of 48 kHz whose every segment goes through the same steps; writes down what it is asked.
final class ScriptedVoice implements VoiceModel {
  /// Makes the samples of one step, or fails.
  interface Step {
    float[] make();
  }

  final List<String> texts = new ArrayList<>();
  final List<Integer> windows = new ArrayList<>();
  final List<Double> speeds = new ArrayList<>();
  final List<String> sounds = new ArrayList<>();
  final List<Long> numbers = new ArrayList<>();
  double gainDb;
  private final VoiceDescription.Input input;
  private final List<Step> steps;

  ScriptedVoice(VoiceDescription.Input input, List<Step> steps) {
    this.input = input;
    this.steps = steps;
  }

  /// A step that makes so many samples of one value.
  static Step sound(double value, int samples) {
    float[] sound = new float[samples];
    java.util.Arrays.fill(sound, (float) value);
    return sound::clone;
  }

  @Override
  public VoiceDescription description() {
    return new VoiceDescription(
        "scripted", "scripted", 48_000, List.of("en"), Map.of(), 1, input, "cpu", true);
  }

  @Override
  public Rendering render(
      String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
    texts.add(text);
    speeds.add(settings.speed());
    asked
        .words()
        .forEach(word -> word.pronunciation().ifPresent(how -> sounds.add(how.phonemes())));
    numbers.add(noise.nextLong());
    Iterator<Step> left = steps.iterator();
    return new Rendering() {
      private List<SpokenWord> untold = asked.words();
      private long said;

      @Override
      public boolean isFinished() {
        return !left.hasNext();
      }

      // Each word takes a hundred samples.
      @Override
      public List<WordTiming> takeWords() {
        List<WordTiming> placed = new ArrayList<>();
        for (SpokenWord word : untold) {
          placed.add(
              WordTimingRequest.timing(
                  word,
                  said,
                  said + 100,
                  true,
                  List.of(),
                  word.phonemes().map(ScriptedVoice.this::unknownPhonemes).orElse(List.of())));
          said += 100;
        }
        untold = List.of();
        return placed;
      }

      @Override
      public float[] step(Pace pace, CancellationToken cancel) {
        if (cancel.isCancelled()) {
          throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
        }
        windows.add(pace.windowFrames());
        return left.next().make();
      }
    };
  }

  @Override
  public double gainDb() {
    return gainDb;
  }

  @Override
  public void close() {}
}
