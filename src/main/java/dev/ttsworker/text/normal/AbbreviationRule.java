package dev.ttsworker.text.normal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Abbreviations by what stands around them: `Dr. Smith`, `Oak Dr.`, `No. 5`, `e.g.`, `etc.`
final class AbbreviationRule implements Rule {
  private static final Form WORD =
      Form.of("(?<word>\\p{L}{1,10}+(?:\\.\\p{L}{1,4}+){0,4}+)(?<stop>\\.)?+(?![\\p{L}\\p{N}_])");

  private final Map<String, String> always;
  private final Map<String, String> beforeName;
  private final Map<String, String> afterName;
  private final Map<String, String> beforeNumber;
  private final Set<String> withoutStop;
  private final Set<String> noNames;

  AbbreviationRule() {
    Tables tables = Tables.read("abbreviations.txt");
    always = tables.section("always");
    beforeName = tables.section("before a name");
    afterName = tables.section("after a name");
    beforeNumber = tables.section("before a number");
    withoutStop = tables.words("also without a stop");
    noNames = Tables.read("roman.txt").words("no names");
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    if (!text.isWordStart(at) || !Character.isLetter(text.look(at))) {
      return Optional.empty();
    }
    return WORD.at(text, at).flatMap(m -> reading(text, m));
  }

  private Optional<Reading> reading(Source text, MatchResult match) {
    String word = match.group("word");
    boolean stop = match.group("stop") != null;
    int end = match.end();
    if (!stop && !withoutStop.contains(word)) {
      return Optional.empty();
    }
    char next = text.look(text.afterBlanks(end));
    boolean named = isCapital(next);
    if (beforeNumber.containsKey(word)
        && (Character.isDigit(next) || ("#£$".indexOf(next) >= 0 && next != 0))) {
      return said(end, beforeNumber.get(word), false);
    }
    if (afterName.containsKey(word) && isAfterName(text, match.start(), named)) {
      return said(end, afterName.get(word), stop && endsSentence(text, end));
    }
    if (beforeName.containsKey(word) && named) {
      return said(end, beforeName.get(word), false);
    }
    return Optional.ofNullable(always.get(word))
        .flatMap(words -> said(end, words, stop && endsSentence(text, end)));
  }

  private static Optional<Reading> said(int end, String words, boolean stop) {
    return Optional.of(Reading.of(end, stop ? words + "." : words));
  }

  /// Whether it follows a name and none follows, or the name has a number: `5 Main St. Boston`.
  private boolean isAfterName(Source text, int start, boolean named) {
    String before = text.wordBefore(start);
    boolean name =
        before.length() > 1
            && !noNames.contains(before.toLowerCase(Locale.ROOT))
            && (isCapital(before.charAt(0)) || Character.isDigit(before.charAt(0)));
    if (!name || !named) {
      return name;
    }
    String second = text.secondWordBefore(start);
    return (!second.isEmpty() && Character.isDigit(second.charAt(0)))
        || Character.isDigit(before.charAt(0));
  }

  private static boolean endsSentence(Source text, int end) {
    return text.isLastWordEnd(end);
  }

  private static boolean isCapital(char c) {
    return Character.isUpperCase(c);
  }
}
