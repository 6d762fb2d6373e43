package dev.ttsworker.engine.g2p.english;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Tokenizer by the conventions of the Penn treebank: punctuation and contractions ("do" "n't") are
/// tokens, abbreviations keep their periods. Linear in the text. Immutable; usable by any thread.
final class Tokenizer {
  /// Separates the pieces of an exception.
  static final char PIECE = '\u0001';

  private static final String AROUND = "!\"#&'()*,:;<>?[]_`{}©®°§«»‘’“”„…–—•·¿¡™";
  private static final String CURRENCIES = "$£€¥";
  private static final String BEFORE = AROUND + CURRENCIES + "%+=";
  private static final String BETWEEN_LETTERS = "-/:<=>~–—,";
  private static final String BETWEEN_DIGITS = "*+-^";
  private static final String ANYWHERE = "©®°§…•™";
  private static final int LONGEST_EXCEPTION = 40;

  private final PackedMap exceptions;

  /// @param exceptions word to its pieces, separated by [#PIECE]
  Tokenizer(PackedMap exceptions) {
    this.exceptions = exceptions;
  }

  /// Tokens of a part of a text, without blanks in them.
  ///
  /// @param from index of its first UTF-16 unit
  /// @param to index just past its last
  List<Token> tokenize(String text, int from, int to) {
    List<Token> tokens = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && !isBlank(text.charAt(end))) {
        end++;
      }
      if (end > at) {
        split(text, at, end, tokens);
        markBlank(tokens, end == text.length() || isBlank(text.charAt(end)));
      }
      at = end + 1;
    }
    return tokens;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static void markBlank(List<Token> tokens, boolean blank) {
    if (blank && !tokens.isEmpty()) {
      Token last = tokens.removeLast();
      tokens.add(
          new Token(last.text(), last.start(), last.end(), true, last.tag(), last.override()));
    }
  }

  /// Takes punctuation off both ends until a word is left, or an exception.
  private void split(String text, int from, int to, List<Token> tokens) {
    Deque<int[]> behind = new ArrayDeque<>();
    int start = from;
    int end = to;
    while (start < end && exception(text, start, end).isEmpty()) {
      int prefix = prefix(text, start, end);
      int suffix = suffix(text, start + prefix, end);
      if (prefix == 0 && suffix == 0) {
        break;
      }
      if (prefix > 0) {
        add(text, start, start + prefix, tokens);
        start += prefix;
      }
      if (suffix > 0 && start < end) {
        behind.push(new int[] {end - suffix, end});
        end -= suffix;
      }
    }
    if (start < end) {
      Optional<String> pieces = exception(text, start, end);
      if (pieces.isPresent()) {
        addPieces(text, start, pieces.get(), tokens);
      } else {
        splitInside(text, start, end, tokens);
      }
    }
    for (int[] place : behind) {
      add(text, place[0], place[1], tokens);
    }
  }

  private Optional<String> exception(String text, int start, int end) {
    return end - start > LONGEST_EXCEPTION
        ? Optional.empty()
        : exceptions.get(text.substring(start, end));
  }

  private static void addPieces(String text, int start, String pieces, List<Token> tokens) {
    int at = start;
    for (String piece : pieces.split(String.valueOf(PIECE), -1)) {
      add(text, at, at + piece.length(), tokens);
      at += piece.length();
    }
  }

  private static void add(String text, int start, int end, List<Token> tokens) {
    String own = text.substring(start, end).replace('’', '\'').replace('‘', '\'');
    tokens.add(new Token(own, start, end, false, "", -1));
  }

  /// Length of the punctuation at the beginning.
  private static int prefix(String text, int start, int end) {
    char first = text.charAt(start);
    if (first == '.' && text.startsWith("..", start)) {
      return run(text, start, end, '.');
    }
    return BEFORE.indexOf(first) >= 0 ? 1 : 0;
  }

  private static int run(String text, int start, int end, char c) {
    int at = start;
    while (at < end && text.charAt(at) == c) {
      at++;
    }
    return at - start;
  }

  /// Length of the punctuation or the clitic at the end.
  private static int suffix(String text, int start, int end) {
    if (end - start < 2) {
      return 0;
    }
    char last = text.charAt(end - 1);
    char before = text.charAt(end - 2);
    if ((last == 's' || last == 'S') && (before == '\'' || before == '’')) {
      return end - start > 2 ? 2 : 0;
    }
    if (AROUND.indexOf(last) >= 0) {
      return 1;
    }
    if (last == '.') {
      return periods(text, start, end, before);
    }
    if (Character.isDigit(before)
        && (CURRENCIES.indexOf(last) >= 0 || last == '%' || last == '+')) {
      return 1;
    }
    return unit(text, start, end);
  }

  private static int periods(String text, int start, int end, char before) {
    int at = end;
    while (at > start && text.charAt(at - 1) == '.') {
      at--;
    }
    if (end - at > 1) {
      return at == start ? 0 : end - at;
    }
    boolean lower = Character.isLowerCase(before) && end - start > 2;
    boolean closing = Character.isDigit(before) || "%²-+)]}\"'’”»".indexOf(before) >= 0;
    boolean capitals =
        end - start > 2
            && Character.isUpperCase(before)
            && Character.isUpperCase(text.charAt(end - 3));
    return (lower && !abbreviated(text, start, end)) || closing || capitals || letterOutside(before)
        ? 1
        : 0;
  }

  /// A letter of an abbreviation ("e.g."), or a lone one ("a.").
  private static boolean abbreviated(String text, int start, int end) {
    return end - start >= 4 && text.charAt(end - 3) == '.';
  }

  private static boolean letterOutside(char c) {
    return c > 0x7F && Character.isLetter(c);
  }

  /// Length of a unit right behind a number ("10km").
  private static int unit(String text, int start, int end) {
    int at = end;
    while (at > start && end - at < 3 && Character.isLetter(text.charAt(at - 1))) {
      at--;
    }
    boolean known =
        at < end
            && at > start
            && Character.isDigit(text.charAt(at - 1))
            && " km m cm mm kg g mg h s ms am pm ".contains(" " + text.substring(at, end) + " ");
    return known ? end - at : 0;
  }

  /// Splits at punctuation between letters or digits.
  private static void splitInside(String text, int start, int end, List<Token> tokens) {
    boolean address = isAddress(text, start, end);
    int from = start;
    int at = start + 1;
    while (!address && at < end - 1) {
      int length = infix(text, end, at);
      if (length > 0) {
        add(text, from, at, tokens);
        add(text, at, at + length, tokens);
        from = at + length;
        at = from + 1;
      } else {
        at++;
      }
    }
    add(text, from, end, tokens);
  }

  private static boolean isAddress(String text, int start, int end) {
    String own = text.substring(start, Math.min(end, start + 4_096));
    return own.contains("://") || own.startsWith("www.") || own.indexOf('@') > 0;
  }

  private static int infix(String text, int end, int at) {
    char c = text.charAt(at);
    char before = text.charAt(at - 1);
    char after = text.charAt(at + 1);
    if (ANYWHERE.indexOf(c) >= 0) {
      return 1;
    }
    if (c == '.' || c == '-') {
      int length = run(text, at, end, c);
      if (length > 1 && at + length < end) {
        return length;
      }
    }
    if (c == '.') {
      return Character.isLowerCase(before) && Character.isUpperCase(after) ? 1 : 0;
    }
    if (BETWEEN_DIGITS.indexOf(c) >= 0 && Character.isDigit(before) && Character.isDigit(after)) {
      return 1;
    }
    boolean letters =
        (Character.isLetter(before) || (c != ',' && Character.isDigit(before)))
            && Character.isLetter(after);
    return letters && BETWEEN_LETTERS.indexOf(c) >= 0 ? 1 : 0;
  }
}
