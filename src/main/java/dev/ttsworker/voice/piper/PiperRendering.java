package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.AskedWords;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.PlacedPhoneme;
import dev.ttsworker.voice.PlacedWord;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.RenderingStage;
import dev.ttsworker.voice.piper.PiperReader.ReadPhoneme;
import dev.ttsworker.voice.piper.PiperReader.ReadSentence;
import dev.ttsworker.voice.piper.PiperReader.ReadWord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A segment: first read, then its sentences one after the other.
final class PiperRendering implements Rendering {
  private static final float[] NOTHING = {};

  private final PiperGraphs graphs;
  private final PiperReader reader;
  private final String text;
  private final AskedWords asked;
  private final Scales scales;
  private final SplittableRandom seeds;
  private final Deque<Sentence> sentences = new ArrayDeque<>();
  private List<PlacedWord> placed = new ArrayList<>();
  private long samples;
  private boolean begun;
  private RenderingStage stage = RenderingStage.TEXT;
  private boolean read;

  /// How all sentences of a segment are spoken.
  record Scales(float noiseScale, float lengthScale, float noiseW, int speaker) {}

  private record Sentence(SentenceSound sound, List<ReadWord> words) {}

  PiperRendering(
      PiperGraphs graphs,
      PiperReader reader,
      String text,
      AskedWords asked,
      Scales scales,
      long seed) {
    this.graphs = graphs;
    this.reader = reader;
    this.text = text;
    this.asked = asked;
    this.scales = scales;
    this.seeds = new SplittableRandom(seed);
  }

  @Override
  public boolean isFinished() {
    return read && sentences.isEmpty();
  }

  @Override
  public RenderingStage latestStage() {
    return stage;
  }

  @Override
  public float[] step(Pace pace, CancelSignal cancel) {
    if (cancel.isCancelled()) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
    }
    stage = RenderingStage.TEXT;
    if (!read) {
      read();
    } else if (sentences.isEmpty()) {
      throw new IllegalStateException("The rendering is finished");
    }
    @Nullable Sentence current = sentences.peek();
    if (current == null) {
      return NOTHING;
    }
    SentenceSound sound = current.sound();
    float[] made = sound.step(pace, cancel);
    stage = sound.latestStage();
    if (made.length > 0 && !begun) {
      begun = true;
      place(current);
    }
    samples += made.length;
    if (sound.isFinished()) {
      sentences.remove();
      begun = false;
    }
    return made;
  }

  private void place(Sentence sentence) {
    if (sentence.words().isEmpty()) {
      return;
    }
    int[] borders = sentence.sound().borders();
    boolean exact = sentence.sound().hasExactBorders();
    for (ReadWord word : sentence.words()) {
      placed.add(
          new PlacedWord(
              word.word(),
              samples + borders[word.from()],
              samples + borders[word.to()],
              exact,
              word.phonemes().stream().map(phoneme -> placed(phoneme, borders)).toList()));
    }
  }

  private PlacedPhoneme placed(ReadPhoneme phoneme, int[] borders) {
    return new PlacedPhoneme(
        phoneme.text(), samples + borders[phoneme.from()], samples + borders[phoneme.to()]);
  }

  @Override
  public List<PlacedWord> takeWords() {
    List<PlacedWord> taken = placed;
    placed = new ArrayList<>();
    return taken;
  }

  private void read() {
    for (ReadSentence sentence : reader.read(text, asked)) {
      SentenceOrder order =
          new SentenceOrder(
              sentence.ids(),
              scales.noiseScale(),
              scales.lengthScale(),
              scales.noiseW(),
              scales.speaker(),
              seeds.nextLong());
      sentences.add(new Sentence(graphs.begin(order), sentence.words()));
    }
    read = true;
  }
}
