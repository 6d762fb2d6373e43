package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.PhonemeSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Assembles the phonemes of sentences, and the spans of the words in them. Not thread-safe.
final class SentenceAssembler {
  /// Most phonemes of a sentence, marks and blanks included: what voices of this alphabet take.
  static final int LONGEST = 400;

  private static final String FULL_STOP = ".";

  private final List<WordPlace> words;
  private final PhonemeSpan[] spans;
  private final List<String> sentences = new ArrayList<>();
  private int word;

  /// @param words in the order of the text
  SentenceAssembler(List<WordPlace> words) {
    this.words = words;
    this.spans = new PhonemeSpan[words.size()];
  }

  /// Adds a sentence, as one or several.
  void add(List<Token> tokens, Sounds sounds) {
    int from = 0;
    while (from < tokens.size()) {
      int to = end(tokens, sounds, from);
      addPart(tokens, sounds, from, to);
      from = to;
    }
  }

  /// Index just past the last token of a part that is short enough: behind the last marks, else at
  /// the last blank, else anywhere.
  private static int end(List<Token> tokens, Sounds sounds, int from) {
    int length = 0;
    int afterMarks = -1;
    int afterBlank = -1;
    for (int i = from; i < tokens.size(); i++) {
      length += sounds.phonemes(i).length() + (sounds.isApart(i) ? 1 : 0);
      if (length > LONGEST && i > from) {
        return afterMarks > 0 ? afterMarks : afterBlank > 0 ? afterBlank : i;
      }
      if (tokens.get(i).blank()) {
        length++;
        afterBlank = i + 1;
        afterMarks = sounds.isMarks(i) ? i + 1 : afterMarks;
      }
    }
    return tokens.size();
  }

  private void addPart(List<Token> tokens, Sounds sounds, int from, int to) {
    StringBuilder made = new StringBuilder();
    int[] starts = new int[to - from];
    int[] ends = new int[to - from];
    boolean spoken = false;
    for (int i = from; i < to; i++) {
      if (sounds.isApart(i) && sounds.isSpoken(i)) {
        blank(made);
      }
      starts[i - from] = made.length();
      made.append(finished(tokens.get(i), sounds.phonemes(i)));
      ends[i - from] = made.length();
      if (tokens.get(i).blank()) {
        blank(made);
      }
      spoken |= sounds.isSpoken(i);
    }
    if (spoken) {
      boolean unmarked = to == tokens.size() && endsInAbbreviation(tokens, sounds);
      String phonemes = made.toString().stripTrailing() + (unmarked ? FULL_STOP : "");
      place(tokens.subList(from, to), sounds, from, starts, ends);
      for (int at = 0; at < phonemes.length(); at += LONGEST) {
        sentences.add(phonemes.substring(at, Math.min(phonemes.length(), at + LONGEST)));
      }
    }
  }

  /// Whether the last word has the full stop of the sentence in it, as "9 a.m." has.
  private static boolean endsInAbbreviation(List<Token> tokens, Sounds sounds) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (sounds.isMarks(i)) {
        return false;
      }
      if (sounds.isSpoken(i)) {
        return !tokens.get(i).isOverride() && tokens.get(i).text().endsWith(".");
      }
    }
    return false;
  }

  private static void blank(StringBuilder made) {
    if (!made.isEmpty() && made.charAt(made.length() - 1) != ' ') {
      made.append(' ');
    }
  }

  /// The lexicons' flap and glottal stop are written otherwise in the alphabet.
  private static String finished(Token token, String phonemes) {
    return token.isOverride() ? phonemes : phonemes.replace('ɾ', 'T').replace('ʔ', 't');
  }

  private void place(List<Token> tokens, Sounds sounds, int first, int[] starts, int[] ends) {
    int last = tokens.getLast().end();
    int token = 0;
    int free = 0; // phonemes before it belong to words
    while (word < words.size() && words.get(word).start() < last) {
      WordPlace place = words.get(word);
      while (token < tokens.size() && tokens.get(token).end() <= place.start()) {
        token++;
      }
      int start = -1;
      int end = free;
      for (int i = token; i < tokens.size() && place.overlaps(tokens.get(i)); i++) {
        if (sounds.isSpoken(first + i) && starts[i] >= free) {
          start = start < 0 ? starts[i] : start;
          end = ends[i];
        }
      }
      spans[word++] = span(start < 0 ? end : start, end);
      free = end;
    }
  }

  /// In the sentence that it begins in.
  private PhonemeSpan span(int start, int end) {
    int sentence = start / LONGEST;
    int from = start - sentence * LONGEST;
    int to = Math.min(LONGEST, end - sentence * LONGEST);
    return new PhonemeSpan(sentences.size() + sentence, from, Math.max(from, to));
  }

  /// The sentences that have something to say.
  List<String> sentences() {
    return sentences;
  }

  /// The span of each word; one behind the last sentence has no length.
  List<PhonemeSpan> spans() {
    PhonemeSpan before = EnglishG2p.NOWHERE;
    for (int i = 0; i < spans.length; i++) {
      if (spans[i] == null || spans[i].sentence() >= sentences.size()) {
        spans[i] = new PhonemeSpan(before.sentence(), before.end(), before.end());
      }
      before = spans[i];
    }
    return Arrays.asList(spans);
  }
}
