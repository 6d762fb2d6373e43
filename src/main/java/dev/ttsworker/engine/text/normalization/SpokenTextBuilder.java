package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Builder of verbalized text; records the source of each character. Not thread-safe.
final class SpokenTextBuilder {
  private static final String OPENERS = "([{\"'’“‘«„¿¡-–—/";
  private static final String CLOSING_MARKS = ".,;:!?…";

  /// Single letters separated by blanks: eSpeak NG would read A as the article and I as the
  /// pronoun, but reads "A.P.I" as letters.
  private static final Pattern SPELLED =
      Pattern.compile("(?<![\\p{L}'’])([A-Z]) (?=[A-Z](?![\\p{L}]))");

  /// Two letters with an ending: eSpeak NG would name the full stop of "U.K's".
  private static final Pattern TWO_OF = Pattern.compile("(?<![\\p{L}.'’-])([A-Z])\\.(?=[A-Z]'s)");

  private final Cursor source;
  private final StringBuilder said = new StringBuilder();
  private int[] starts;
  private int[] ends;
  private final List<Special> specials = new ArrayList<>();
  private boolean afterWords;
  private boolean afterDropped;

  /// Part of the verbalized text with its own pronunciation.
  ///
  /// @param displayText the word to display; empty for the verbalized one
  /// @param phonemes empty for each word's own in isolation
  private record Special(int from, int to, String displayText, String phonemes) {}

  SpokenTextBuilder(Cursor source) {
    this.source = source;
    this.starts = new int[source.length() + 16];
    this.ends = new int[starts.length];
  }

  /// Appends a part of the text unchanged.
  void appendVerbatim(int start, int end) {
    for (int i = start; i < end; i++) {
      appendVerbatim(i);
    }
  }

  private void appendVerbatim(int index) {
    char c = source.charAt(index);
    boolean blank = Cursor.isBlank(c);
    if (afterDropped && blank && endsWithBlank()) {
      return;
    }
    if (afterDropped && CLOSING_MARKS.indexOf(c) >= 0 && !said.isEmpty() && endsWithBlank()) {
      said.setLength(said.length() - 1);
    }
    if (afterWords && (Character.isLetterOrDigit(c) || Character.isSurrogate(c))) {
      append(' ', index, index + 1);
    }
    append(c, index, index + 1);
    afterWords = false;
    afterDropped = afterDropped && blank;
  }

  /// Appends a verbalization.
  void append(Verbalization reading, int start) {
    if (reading.words().isBlank()) {
      if (!reading.words().isEmpty() && !endsWithBlank()) {
        append(' ', start, reading.end());
      }
      afterDropped = true;
      return;
    }
    char first = reading.words().charAt(0);
    boolean mark = CLOSING_MARKS.indexOf(first) >= 0;
    if (mark && !said.isEmpty() && endsWithBlank()) {
      said.setLength(said.length() - 1);
    }
    if (!reading.joined() && !mark && !endsWithBlank() && !endsWithOpener()) {
      append(' ', start, reading.end());
    }
    String spelled = SPELLED.matcher(reading.words()).replaceAll("$1.");
    String words = TWO_OF.matcher(spelled).replaceAll("$1-");
    for (int i = 0; i < words.length(); i++) {
      append(words.charAt(i), start, reading.end());
    }
    afterWords = true;
    afterDropped = false;
  }

  /// Appends a part of the text unchanged, with its own pronunciation; a blank has none.
  ///
  /// @param ipa its phonemes
  void pronounce(int start, int end, PronunciationOverride.Ipa ipa) {
    String words = strip(source.subSequence(start, end).toString());
    append(Verbalization.of(end, words), start);
    if (words.isEmpty()) {
      return;
    }
    specials.add(
        new Special(
            said.length() - words.length(), said.length(), ipa.displayText(), ipa.phonemes()));
  }

  private static String strip(String words) {
    int start = 0;
    int end = words.length();
    while (start < end && Cursor.isBlank(words.charAt(start))) {
      start++;
    }
    while (end > start && Cursor.isBlank(words.charAt(end - 1))) {
      end--;
    }
    return words.substring(start, end);
  }

  /// Gives all words from an index on their pronunciation in isolation, without trailing blanks,
  /// which following text may remove.
  ///
  /// @param from the value of [#length] there
  void emphasise(int from) {
    int end = said.length();
    while (end > from && Cursor.isBlank(said.charAt(end - 1))) {
      end--;
    }
    if (from < end) {
      specials.add(new Special(from, end, "", ""));
    }
  }

  /// Chars so far.
  int length() {
    return said.length();
  }

  private boolean endsWithBlank() {
    return said.isEmpty() || Cursor.isBlank(said.charAt(said.length() - 1));
  }

  private boolean endsWithOpener() {
    return !afterWords && OPENERS.indexOf(said.charAt(said.length() - 1)) >= 0;
  }

  private void append(char c, int start, int end) {
    if (said.length() == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    starts[said.length()] = start;
    ends[said.length()] = end;
    said.append(c);
  }

  /// The complete verbalized text.
  NormalizedText spoken() {
    int end = said.length();
    while (afterDropped && end > 0 && Cursor.isBlank(said.charAt(end - 1))) {
      end--;
    }
    String text = said.substring(0, end);
    CodePoints points = new CodePoints(source.clean().original());
    List<SpokenWord> words = new ArrayList<>();
    int at = 0;
    for (Special special : specials) {
      addWords(text, at, special.from(), points, words);
      at = special.to();
      if (special.phonemes().isEmpty()) {
        List<SpokenWord> full = new ArrayList<>();
        addWords(text, special.from(), at, points, full);
        full.forEach(word -> words.add(with(word, word.text(), word.text(), "")));
      } else {
        String piece = text.substring(special.from(), at);
        SpokenWord word = word(piece, starts[special.from()], ends[at - 1], points);
        words.add(
            with(
                word,
                special.displayText().isEmpty() ? piece : special.displayText(),
                piece,
                special.phonemes()));
      }
    }
    addWords(text, at, text.length(), points, words);
    return new NormalizedText(text, words);
  }

  private static SpokenWord with(
      SpokenWord word, String displayText, String said, String phonemes) {
    return new SpokenWord(
        displayText,
        word.sourceStart(),
        word.sourceEnd(),
        Optional.of(new SpokenWord.Pronunciation(said, phonemes)));
  }

  private void addWords(String text, int from, int to, CodePoints points, List<SpokenWord> words) {
    int at = from;
    while (at < to) {
      int stop = at;
      while (stop < to && !Cursor.isBlank(text.charAt(stop))) {
        stop++;
      }
      addWord(text, at, stop, points, words);
      at = stop + 1;
    }
  }

  /// The span of a word that consists of invisible characters ends before the next span.
  private SpokenWord word(String said, int start, int end, CodePoints points) {
    int from = source.clean().start(start);
    int to = source.clean().end(end);
    return new SpokenWord(
        said, points.at(Math.min(from, to)), points.at(Math.max(from, to)), Optional.empty());
  }

  private void addWord(String text, int from, int to, CodePoints points, List<SpokenWord> words) {
    int start = from;
    int end = to;
    while (start < end && !Cursor.isWordPart(text.charAt(start))) {
      start++;
    }
    while (end > start && !Cursor.isWordPart(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      words.add(word(text.substring(start, end), starts[start], ends[end - 1], points));
    }
  }
}
