package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.SentenceReader.EncodedSentence;
import dev.ttsworker.engine.voice.sentence.SentenceReader.EncodedWord;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rendering of a segment sentence by sentence: first phonemized, then its sentences one after the
/// other. Words are placed with the first sound after the part of their sentence that they are in
/// was read.
public final class SentenceRendering implements Rendering {
  private static final float[] NOTHING = {};

  private final SentenceReader reader;
  private final Function<String, List<String>> unknownPhonemes;
  private final Function<SentenceIds, SentenceSound> voice;
  private final String text;
  private final WordTimingRequest asked;
  private final Deque<Sentence> sentences = new ArrayDeque<>();
  private List<WordTiming> placed = new ArrayList<>();
  private long samples;
  private long sentenceSamples;
  private long placedEnd;
  private SynthesisStage stage = SynthesisStage.TEXT;
  private boolean read;

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

  /// @param unknownPhonemes symbols of authored IPA that the voice leaves out
  /// @param voice begins to speak a sentence; asked for the sentences in order
  public SentenceRendering(
      SentenceReader reader,
      Function<String, List<String>> unknownPhonemes,
      Function<SentenceIds, SentenceSound> voice,
      String text,
      WordTimingRequest asked) {
    this.reader = reader;
    this.unknownPhonemes = unknownPhonemes;
    this.voice = voice;
    this.text = text;
    this.asked = asked;
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
        word.word().phonemes().map(unknownPhonemes).orElse(List.of()));
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
      sentences.add(
          new Sentence(voice.apply(sentence.sentence()), new ArrayDeque<>(sentence.words())));
    }
    read = true;
  }
}
