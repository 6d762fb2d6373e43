package dev.ttsworker.engine.g2p.english;

import java.util.Map;
import java.util.Optional;

/// Punctuation marks of the alphabet, and which signs stand for them: a mark is a pause or a change
/// of the tone of voice.
final class Marks {
  private static final Map<Character, String> OTHERS =
      Map.ofEntries(
          Map.entry('–', "—"),
          Map.entry('‒', "—"),
          Map.entry('―', "—"),
          Map.entry('[', "("),
          Map.entry('{', "("),
          Map.entry(']', ")"),
          Map.entry('}', ")"),
          Map.entry('«', "“"),
          Map.entry('„', "“"),
          Map.entry('»', "”"),
          Map.entry('。', "."),
          Map.entry('、', ","),
          Map.entry('，', ","),
          Map.entry('！', "!"),
          Map.entry('？', "?"),
          Map.entry('：', ":"),
          Map.entry('；', ";"));

  private static final String OWN = ";:,.!?—…()“”";
  private static final String ENDS = ".!?…";
  private static final String CLOSING = ")”";

  private Marks() {}

  /// The marks of a token; empty when it is no punctuation. Signs without a sound are dropped.
  ///
  /// @param opening whether a straight quotation mark opens here
  static Optional<String> of(Token token, boolean alone, boolean opening) {
    String text = token.text();
    if (token.hasLetterOrDigit()) {
      return Optional.empty();
    }
    if (text.chars().allMatch(c -> c == '-')) {
      return alone || text.length() > 1 ? Optional.of("—") : Optional.empty();
    }
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (OWN.indexOf(c) >= 0) {
        made.append(c);
      } else if (c == '"') {
        made.append(opening ? '“' : '”');
      } else {
        made.append(OTHERS.getOrDefault(c, ""));
      }
    }
    return made.isEmpty() ? Optional.empty() : Optional.of(made.toString());
  }

  /// Whether marks end a sentence.
  static boolean endSentence(String marks) {
    return !marks.isEmpty() && ENDS.indexOf(marks.charAt(marks.length() - 1)) >= 0;
  }

  /// Whether marks belong to the sentence before them.
  static boolean close(String marks) {
    return !marks.isEmpty()
        && marks.chars().allMatch(c -> CLOSING.indexOf(c) >= 0 || ENDS.indexOf(c) >= 0);
  }
}
