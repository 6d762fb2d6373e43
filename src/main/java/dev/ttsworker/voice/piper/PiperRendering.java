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
import dev.ttsworker.voice.piper.PiperReader.ReadSentence;
import dev.ttsworker.voice.piper.PiperReader.ReadWord;
import dev.ttsworker.voice.piper.SentenceOrder.AddedSamples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A segment: first read, then its sentences one after the other. Words are placed with the first
/// sound after the part of their sentence that they are in was read.
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
  private long sentenceSamples;
  private long placedEnd;
  private RenderingStage stage = RenderingStage.TEXT;
  private boolean read;

  /// How all sentences of a segment are spoken.
  record Scales(
      float noiseScale, float lengthScale, float noiseW, int speaker, AddedSamples pauses) {}

  /// A sentence that is spoken.
  ///
  /// @param words that are not placed yet
  private record Sentence(SentenceSound sound, Deque<ReadWord> words) {
    /// Whether the next word to be placed has begun in what is known and ends beyond it.
    boolean isWithinWord() {
      @Nullable ReadWord next = words.peek();
      return next != null && next.from() < sound.knownIds() && next.to() > sound.knownIds();
    }
  }

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
    if (current.isWithinWord() && sound.canReadOn()) {
      sound.readOn(pace, cancel);
      return NOTHING;
    }
    float[] made = sound.step(pace, cancel);
    stage = sound.latestStage();
    if (made.length > 0) {
      place(current);
    }
    samples += made.length;
    sentenceSamples += made.length;
    if (sound.isFinished()) {
      sentences.remove();
      sentenceSamples = 0;
      placedEnd = 0;
    }
    return made;
  }

  /// Places words that are known, and one that is so long that its end is not.
  private void place(Sentence sentence) {
    SentenceSound sound = sentence.sound();
    @Nullable ReadWord word = sentence.words().peek();
    while (word != null && (word.to() <= sound.knownIds() || sentence.isWithinWord())) {
      boolean exact = sound.hasExactBorders() && word.to() <= sound.knownIds();
      PlacedWord made = placed(word, sound, exact);
      placedEnd = Math.max(placedEnd, made.end());
      placed.add(made);
      sentence.words().remove();
      word = sentence.words().peek();
    }
  }

  private PlacedWord placed(ReadWord word, SentenceSound sound, boolean exact) {
    return new PlacedWord(
        word.word(),
        at(sound.border(word.from())),
        at(sound.border(word.to())),
        exact,
        word.phonemes().stream()
            .map(phoneme ->
                new PlacedPhoneme(
                    phoneme.text(),
                    at(sound.border(phoneme.from())),
                    at(sound.border(phoneme.to()))))
            .toList());
  }

  /// Samples of the segment before a place of the sentence. Not before the end of a word that was
  /// estimated, so that words do not overlap.
  private long at(long sentenceSample) {
    return Math.max(placedEnd, samples - sentenceSamples + sentenceSample);
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
              sentence.sentence(),
              scales.noiseScale(),
              scales.lengthScale(),
              scales.noiseW(),
              scales.speaker(),
              scales.pauses(),
              seeds.nextLong());
      sentences.add(new Sentence(graphs.begin(order), new ArrayDeque<>(sentence.words())));
    }
    read = true;
  }
}
