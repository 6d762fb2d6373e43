package dev.ttsworker.engine.g2p.english;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Words that no lexicon has: without their accents, in parts ("XMLHttpRequest", "B2B"), digits as
/// a number, and else by the net. Immutable; usable by any thread.
final class UnknownWords {
  /// Longest part that the net reads; it takes a millisecond for each letter. No word is longer.
  private static final int LONGEST = 96;

  /// The commonest sound of each letter from a to z.
  private static final String[] LETTERS =
      "æ b k d ɛ f ɡ h ɪ ʤ k l m n ɑ p k ɹ s t ʌ v w ks i z".split(" ", -1);

  private final WordPronouncer words;
  private final UnknownWordNet net;

  UnknownWords(WordPronouncer words, UnknownWordNet net) {
    this.words = words;
    this.net = net;
  }

  /// Phonemes, apart by blanks where there are several words; empty when nothing of it is known.
  Optional<String> pronounce(Token token, Following following) {
    List<String> parts = parts(token.text());
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      Following next = i == parts.size() - 1 ? following : Following.END;
      String phonemes =
          Character.isDigit(parts.get(i).codePointAt(0))
              ? number(parts.get(i))
              : word(parts.get(i), token.tag(), next).orElse("");
      made.append(made.isEmpty() || phonemes.isEmpty() ? "" : " ").append(phonemes);
    }
    return made.isEmpty() ? Optional.empty() : Optional.of(made.toString());
  }

  private String number(String digits) {
    StringBuilder made = new StringBuilder();
    for (String word : Cardinals.words(digits)) {
      String phonemes = words.pronounce(word, "CD", Following.END).orElse("");
      made.append(made.isEmpty() ? "" : " ").append(phonemes);
    }
    return made.toString();
  }

  private Optional<String> word(String word, String tag, Following following) {
    String composed = Normalizer.normalize(word, Normalizer.Form.NFKC);
    String plain = Normalizer.normalize(composed, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    if (composed.length() > LONGEST) {
      return letters(plain);
    }
    return words
        .pronounce(plain, tag, following)
        .or(() -> net.pronounce(composed.isEmpty() ? plain : composed));
  }

  /// A part that is no word, letter by letter.
  private static Optional<String> letters(String part) {
    StringBuilder made = new StringBuilder();
    part.toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> c >= 'a' && c <= 'z')
        .forEach(c -> made.append(LETTERS[c - 'a']));
    return made.isEmpty() ? Optional.empty() : Optional.of(made.toString());
  }

  /// Runs of letters and of digits; a capital behind a small letter begins a part, as does the last
  /// of several capitals before a small one. Other signs are dropped, apostrophes inside a part
  /// kept.
  static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int c = points[i];
      boolean sign = !isLetter(c) && !Character.isDigit(c);
      boolean inside =
          c == '\'' && !part.isEmpty() && i + 1 < points.length && isLetter(points[i + 1]);
      if (!part.isEmpty() && ((sign && !inside) || begins(points, i))) {
        parts.add(part.toString());
        part.setLength(0);
      }
      if (!sign || inside) {
        part.appendCodePoint(c);
      }
    }
    if (!part.isEmpty()) {
      parts.add(part.toString());
    }
    return parts;
  }

  private static boolean isLetter(int c) {
    int type = Character.getType(c);
    return Character.isLetter(c) || type == Character.NON_SPACING_MARK;
  }

  private static boolean begins(int[] points, int at) {
    int c = points[at];
    int before = points[at - 1];
    if (Character.isDigit(c) != Character.isDigit(before)) {
      return true;
    }
    if (!Character.isUpperCase(c)) {
      return false;
    }
    boolean scottish = at >= 2 && before == 'c' && (points[at - 2] == 'M' || points[at - 2] == 'a');
    return (Character.isLowerCase(before) && !scottish)
        || (Character.isUpperCase(before)
            && at + 1 < points.length
            && Character.isLowerCase(points[at + 1]));
  }
}
