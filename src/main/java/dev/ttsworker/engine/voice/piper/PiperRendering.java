package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.piper.PiperFrontend.EncodedSentence;
import dev.ttsworker.engine.voice.piper.PiperFrontend.EncodedWord;
import dev.ttsworker.engine.voice.piper.SentenceRequest.AddedSamples;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Rendering of a segment by a Piper voice: first phonemized, then its sentences one after the
/// other. Words are placed with the first sound after the part of their sentence that they are in
/// was read.
final class PiperRendering implements Rendering {
  private static final float[] NOTHING = {};

  private final PiperGraphs graphs;
  private final PiperFrontend reader;
  private final String text;
  private final WordTimingRequest asked;
  private final Scales scales;
  private final SplittableRandom seeds;
  private final Deque<Sentence> sentences = new ArrayDeque<>();
  private List<WordTiming> placed = new ArrayList<>();
  private long samples;
  private long sentenceSamples;
  private long placedEnd;
  private SynthesisStage stage = SynthesisStage.TEXT;
  private boolean read;

  /// How all sentences of a segment are spoken.
  record Scales(
      float noiseScale, float lengthScale, float noiseW, int speaker, AddedSamples pauses) {}

  /// A sentence that is spoken.
  ///
  /// @param words that are not placed yet
  private record Sentence(SentenceSound sound, Deque<EncodedWord> words) {
    /// Whether the next word to be placed has begun in what is known and ends beyond it.
    boolean isWithinWord() {
      @Nullable EncodedWord next = words.peek();
      return next != null && next.from() < sound.knownIds() && next.to() > sound.knownIds();
    }
  }

  PiperRendering(
      PiperGraphs graphs,
      PiperFrontend reader,
      String text,
      WordTimingRequest asked,
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
  public SynthesisStage latestStage() {
    return stage;
  }

  @Override
  public float[] step(Pace pace, CancellationToken cancel) {
    if (cancel.isCancelled()) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
    }
    stage = SynthesisStage.TEXT;
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
    @Nullable EncodedWord word = sentence.words().peek();
    while (word != null && (word.to() <= sound.knownIds() || sentence.isWithinWord())) {
      boolean exact = sound.hasExactBorders() && word.to() <= sound.knownIds();
      WordTiming made = placed(word, sound, exact);
      placedEnd = Math.max(placedEnd, made.end());
      placed.add(made);
      sentence.words().remove();
      word = sentence.words().peek();
    }
  }

  private WordTiming placed(EncodedWord word, SentenceSound sound, boolean exact) {
    return WordTimingRequest.timing(
        word.word(),
        at(sound.border(word.from())),
        at(sound.border(word.to())),
        exact,
        word.phonemes().stream()
            .map(phoneme ->
                new PhonemeTiming(
                    phoneme.text(),
                    at(sound.border(phoneme.from())),
                    at(sound.border(phoneme.to()))))
            .toList(),
        word.word().phonemes().map(reader::unknownPhonemes).orElse(List.of()));
  }

  /// Samples of the segment before a place of the sentence. Not before the end of a word that was
  /// estimated, so that words do not overlap.
  private long at(long sentenceSample) {
    return Math.max(placedEnd, samples - sentenceSamples + sentenceSample);
  }

  @Override
  public List<WordTiming> takeWords() {
    List<WordTiming> taken = placed;
    placed = new ArrayList<>();
    return taken;
  }

  private void read() {
    for (EncodedSentence sentence : reader.read(text, asked)) {
      SentenceRequest order =
          new SentenceRequest(
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
