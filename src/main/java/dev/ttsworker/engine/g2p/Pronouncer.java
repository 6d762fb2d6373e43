package dev.ttsworker.engine.g2p;

import dev.ttsworker.engine.g2p.WordAligner.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Phonemes of a text of which some words sound as their author says. The text is phonemized as a
/// whole, so that everything else sounds as it would anyway; then these words' phonemes are
/// replaced. Thread-safe.
public final class Pronouncer {
  private static final String MARKS = ".,:;!? ";

  private final Phonemizer phonemizer;
  private final WordAligner aligner;

  public Pronouncer(Phonemizer phonemizer) {
    this.phonemizer = phonemizer;
    this.aligner = new WordAligner(phonemizer);
  }

  /// A word of a text.
  ///
  /// @param said as it stands in the text, with its punctuation
  /// @param phonemes in IPA, of which what is no phoneme is left out; those that it has alone when
  ///   they are empty; none of its own, as a rule
  public record Word(String said, Optional<String> phonemes) {}

  /// A text's phonemes and its words' places in them.
  ///
  /// @param sentences as [Phonemizer#phonemize] gives them
  /// @param places of all words, in their order
  public record Pronounced(List<String> sentences, List<Place> places) {
    public Pronounced {
      sentences = List.copyOf(sentences);
      places = List.copyOf(places);
    }
  }

  /// Phonemes of a text.
  ///
  /// @param words of the text, in order; none when nobody asks for places and none has phonemes
  /// @throws dev.ttsworker.error.WorkerException as [Phonemizer#phonemize]
  public Pronounced pronounce(String text, List<Word> words) {
    List<String> sentences = phonemizer.phonemize(text);
    if (words.isEmpty() || sentences.isEmpty()) {
      return new Pronounced(sentences, words.stream().map(_ -> new Place(0, 0, 0)).toList());
    }
    List<Place> places = aligner.align(sentences, words.stream().map(Word::said).toList());
    if (words.stream().allMatch(word -> word.phonemes().isEmpty())) {
      return new Pronounced(sentences, places);
    }
    List<Optional<String>> sounds = words.stream().map(this::sounds).toList();
    List<String> spoken = new ArrayList<>();
    Place[] moved = new Place[words.size()];
    for (int i = 0; i < sentences.size(); i++) {
      spoken.add(replace(i, sentences.get(i), places, sounds, moved));
    }
    return new Pronounced(spoken, List.of(moved));
  }

  private Optional<String> sounds(Word word) {
    return word.phonemes()
        .map(asked -> asked.isEmpty() ? alone(word.said()) : IpaSymbols.phonemes(asked))
        .map(phonemes -> Normalizer.normalize(phonemes, Normalizer.Form.NFD).strip());
  }

  /// A word's phonemes by itself, without the punctuation that it has in its sentence anyway.
  private String alone(String word) {
    String phonemes = String.join(" ", phonemizer.phonemize(word)).strip();
    int end = phonemes.length();
    while (end > 0 && MARKS.indexOf(phonemes.charAt(end - 1)) >= 0) {
      end--;
    }
    return phonemes.substring(0, end);
  }

  /// A sentence with its words' own sounds.
  ///
  /// @param moved gets the places of its words
  private static String replace(
      int sentence,
      String phonemes,
      List<Place> places,
      List<Optional<String>> sounds,
      Place[] moved) {
    int[] points = phonemes.codePoints().toArray();
    StringBuilder spoken = new StringBuilder();
    int length = 0;
    int at = 0;
    for (int word = 0; word < places.size(); word++) {
      Place place = places.get(word);
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
      moved[word] = new Place(sentence, start, length);
      at = to;
    }
    spoken.append(new String(points, at, points.length - at));
    return spoken.toString();
  }
}
