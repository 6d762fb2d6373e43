package dev.ttsworker.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Says what a full stop means by the word before it: the end of an abbreviation, an initial or a
/// number, or of a sentence.
final class Abbreviations {
  private static final String RESOURCE = "abbreviations.txt";
  private static final int LONGEST_WORD = 16;
  private static final Set<String> BEFORE_NAMES = Set.of("by", "from", "of", "to", "with", "for");
  private static final Map<String, EndRule> RULES = load();

  private Abbreviations() {}

  /// The rule for a full stop that comes right after this text, which is the segment so far. Looks
  /// at the last 33 characters only.
  static EndRule ruleAfter(CharSequence text) {
    int start = text.length();
    while (start > 0 && isWordPart(text.charAt(start - 1))) {
      start--;
      if (text.length() - start > LONGEST_WORD) {
        return EndRule.BLANK;
      }
    }
    String word = text.subSequence(start, text.length()).toString();
    EndRule listed = RULES.get(word.toLowerCase(Locale.ROOT));
    if (listed != null) {
      return listed;
    }
    if (word.isEmpty()) {
      return EndRule.BLANK;
    }
    if (Character.isDigit(word.charAt(word.length() - 1))) {
      boolean itemNumber = start == 0 && word.length() <= Marks.LONGEST_ITEM_NUMBER;
      return itemNumber ? EndRule.NEVER : EndRule.BLANK_LATER;
    }
    if (word.equals("I") && isPronoun(text, start)) {
      return EndRule.BLANK;
    }
    return letters(word, start == 0);
  }

  /// Whether an "I" there is the speaker and no initial: a word in small letters comes before it,
  /// other than those before names.
  private static boolean isPronoun(CharSequence text, int at) {
    int start = Math.max(0, at - 1);
    while (start > 0 && at - start < LONGEST_WORD && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    String before = text.subSequence(start, Math.max(start, at - 1)).toString();
    return !before.isEmpty()
        && Character.isLowerCase(before.charAt(0))
        && !BEFORE_NAMES.contains(before);
  }

  private static EndRule letters(String word, boolean first) {
    if (word.length() == 1) {
      if (Character.isUpperCase(word.charAt(0))) {
        return EndRule.INITIAL;
      }
      return first ? EndRule.NEVER : EndRule.BLANK_LATER;
    }
    if (!isDotted(word)) {
      return EndRule.BLANK;
    }
    return Character.isUpperCase(word.charAt(0)) ? EndRule.NEVER : EndRule.CAPITAL;
  }

  /// Whether single letters alternate with full stops, as in "U.S".
  private static boolean isDotted(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (i % 2 == 0 ? !Character.isLetter(c) : c != '.') {
        return false;
      }
    }
    return word.length() % 2 == 1;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || Character.isSurrogate(c);
  }

  private static Map<String, EndRule> load() {
    Map<String, EndRule> rules = new HashMap<>();
    try (BufferedReader lines = open()) {
      EndRule rule = EndRule.NEVER;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          rule = ruleOf(line);
        } else if (!line.startsWith("#") && !line.isBlank()) {
          for (String word : line.strip().split("\\s+", -1)) {
            rules.put(word, rule);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
    return Map.copyOf(rules);
  }

  private static BufferedReader open() throws IOException {
    InputStream stream = Abbreviations.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new IOException("the resource " + RESOURCE + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static EndRule ruleOf(String heading) {
    return switch (heading) {
      case "[always]" -> EndRule.NEVER;
      case "[before a digit]" -> EndRule.NO_DIGIT;
      case "[unless a capital follows]" -> EndRule.CAPITAL;
      default -> throw new IllegalStateException(RESOURCE + " has an unknown heading " + heading);
    };
  }
}
