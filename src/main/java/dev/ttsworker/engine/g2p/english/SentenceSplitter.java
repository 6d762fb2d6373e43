package dev.ttsworker.engine.g2p.english;

import java.util.ArrayList;
import java.util.List;

/// Divides tokens into sentences: behind a period, an exclamation or a question mark with a blank,
/// unless a small letter follows, and at empty lines. Stateless.
final class SentenceSplitter {
  /// Most tokens of a sentence, so that whatever is computed of one is bounded.
  private static final int MOST = 1_000;

  private SentenceSplitter() {}

  /// @param text that the tokens are of
  static List<List<Token>> split(String text, List<Token> tokens) {
    List<List<Token>> sentences = new ArrayList<>();
    int from = 0;
    boolean ended = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean parted = i > from && hasEmptyLine(text, tokens.get(i - 1).end(), token.start());
      boolean begins = ended && i > from && tokens.get(i - 1).blank() && !isSmall(token);
      if (parted || begins || i - from >= MOST) {
        sentences.add(tokens.subList(from, i));
        from = i;
        ended = false;
      }
      ended = ends(token) || (ended && !token.hasLetterOrDigit() && !isSmall(token));
    }
    if (from < tokens.size()) {
      sentences.add(tokens.subList(from, tokens.size()));
    }
    return sentences;
  }

  private static boolean ends(Token token) {
    return switch (token.text()) {
      case ".", "!", "?", "。", "！", "？" -> !token.isOverride();
      default -> false;
    };
  }

  private static boolean isSmall(Token token) {
    return Character.isLowerCase(token.text().codePointAt(0));
  }

  private static boolean hasEmptyLine(String text, int from, int to) {
    int first = text.indexOf('\n', from);
    return first >= 0
        && first < to
        && text.indexOf('\n', first + 1) >= 0
        && text.indexOf('\n', first + 1) < to;
  }
}
