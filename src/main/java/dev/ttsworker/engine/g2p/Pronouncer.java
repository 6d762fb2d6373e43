package dev.ttsworker.engine.g2p;

import dev.ttsworker.engine.text.SpokenWord;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// G2P with pronunciation overrides on top of a phonemizer. Phonemizes the text as a whole, so that
/// overrides do not change other words, then replaces the phonemes of the overridden words.
/// Thread-safe.
public final class Pronouncer implements GraphemeToPhoneme {
  private static final String MARKS = ".,:;!? ";

  private final Phonemizer phonemizer;
  private final WordAligner aligner;

  public Pronouncer(Phonemizer phonemizer) {
    this.phonemizer = phonemizer;
    this.aligner = new WordAligner(phonemizer);
  }

  @Override
  public PhonemizedText convert(String text, List<SpokenWord> words) {
    List<String> sentences = phonemizer.phonemize(text);
    if (words.isEmpty() || sentences.isEmpty()) {
      return new PhonemizedText(sentences, words.stream().map(_ -> PhonemeSpan.NONE).toList());
    }
    List<PhonemeSpan> places =
        aligner.align(sentences, words.stream().map(SpokenWord::said).toList());
    if (words.stream().allMatch(word -> word.phonemes().isEmpty())) {
      return new PhonemizedText(sentences, places);
    }
    List<Optional<String>> sounds = words.stream().map(this::sounds).toList();
    List<String> spoken = new ArrayList<>();
    PhonemeSpan[] moved = new PhonemeSpan[words.size()];
    for (int i = 0; i < sentences.size(); i++) {
      spoken.add(replace(i, sentences.get(i), places, sounds, moved));
    }
    return new PhonemizedText(spoken, List.of(moved));
  }

  private Optional<String> sounds(SpokenWord word) {
    return word.phonemes()
        .map(asked -> asked.isEmpty() ? alone(word.said()) : IpaSymbols.phonemes(asked))
        .map(phonemes -> Normalizer.normalize(phonemes, Normalizer.Form.NFD).strip());
  }

  /// A word's phonemes in isolation, without punctuation.
  private String alone(String word) {
    String phonemes = String.join(" ", phonemizer.phonemize(word)).strip();
    int end = phonemes.length();
    while (end > 0 && MARKS.indexOf(phonemes.charAt(end - 1)) >= 0) {
      end--;
    }
    return phonemes.substring(0, end);
  }

  /// A sentence with the overrides of its words.
  ///
  /// @param moved receives the spans of its words
  private static String replace(
      int sentence,
      String phonemes,
      List<PhonemeSpan> places,
      List<Optional<String>> sounds,
      PhonemeSpan[] moved) {
    int[] points = phonemes.codePoints().toArray();
    StringBuilder spoken = new StringBuilder();
    int length = 0;
    int at = 0;
    for (int word = 0; word < places.size(); word++) {
      PhonemeSpan place = places.get(word);
      if (place.sentence() != sentence) {
        continue;
      }
      int from = Math.max(at, place.start());
      int to = Math.max(from, place.end());
      spoken.append(new String(points, at, from - at));
      length += from - at;
      String own = sounds.get(word).orElse(new String(points, from, to - from));
      boolean lost = from == to && sounds.get(word).isPresent();
      String put = lost ? " " + own : own;
      int start = lost ? length + 1 : length;
      spoken.append(put);
      length += put.codePointCount(0, put.length());
      moved[word] = new PhonemeSpan(sentence, start, length);
      at = to;
    }
    spoken.append(new String(points, at, points.length - at));
    return spoken.toString();
  }
}
