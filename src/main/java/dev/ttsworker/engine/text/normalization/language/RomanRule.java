package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of Roman numerals after the names of rulers and words such as "Kapitel", and
/// before words such as "siècle". Without such a word they are unchanged.
final class RomanRule implements Rule {
  private static final String VALID =
      "(?=[IVXLC])(?<roman>C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))";
  private static final String DIGITS = "IVXLC";
  private static final int[] VALUES = {1, 5, 10, 50, 100};

  private final Language language;
  private final Map<String, String> before;
  private final Map<String, String> after;
  private final int lastOrdinal;
  private final BoundedPattern pattern;
  private final BoundedPattern second;

  RomanRule(Language language) {
    this.language = language;
    before = language.data().values("before a roman numeral");
    after = language.data().values("after a roman numeral");
    lastOrdinal = Integer.parseInt(language.data().setting("roman ordinals up to", "100"));
    String marks = language.data().setting("roman marks", "");
    String joints = language.data().setting("roman joints", "");
    second =
        joints.isEmpty()
            ? BoundedPattern.of("(?!)")
            : BoundedPattern.of("[ ](?<joint>" + joints + ")[ ]" + VALID + Language.END);
    pattern =
        BoundedPattern.of(
            VALID
                + (marks.isEmpty() ? "" : "(?<mark>" + marks + ")?+")
                + "(?<dot>\\.)?+"
                + Language.END);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (DIGITS.indexOf(text.peek(at)) < 0 || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return pattern.at(text, at).flatMap(m -> pair(text, at, m).or(() -> said(text, at, m)));
  }

  /// `XIX i XX w.`: both in the form that the noun after them asks for.
  private Optional<Verbalization> pair(Cursor text, int at, MatchResult first) {
    return second
        .at(text, first.end())
        .filter(m -> !m.group("roman").isEmpty())
        .flatMap(m ->
            asked(text, at, m.end())
                .map(how ->
                    Verbalization.of(
                        m.end(),
                        words(value(first.group("roman")), how)
                            + " "
                            + m.group("joint")
                            + " "
                            + words(value(m.group("roman")), how))));
  }

  /// What the noun after a numeral asks for, with the word before it.
  private Optional<String> asked(Cursor text, int at, int end) {
    String last = Language.wordBefore(text, at);
    String next = text.wordAfter(end).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(after.get(last.toLowerCase(Locale.ROOT) + " " + next))
        .or(() -> Optional.ofNullable(after.get(next)));
  }

  private Optional<Verbalization> said(Cursor text, int at, MatchResult match) {
    boolean dot = match.group("dot") != null;
    boolean dots = language.data().setting("ordinal dot", "no").equals("yes");
    int end = dot && !dots ? match.end() - 1 : match.end();
    String last = Language.wordBefore(text, at);
    String how =
        asked(text, at, end)
            .or(() -> Optional.ofNullable(before.get(last)))
            .or(() -> Optional.ofNullable(before.get(last.toLowerCase(Locale.ROOT))))
            .orElse("");
    if (how.isEmpty()) {
      return Optional.empty();
    }
    String words = words(value(match.group("roman")), how);
    return Optional.of(Verbalization.stopped(text, end, words, dot && dots));
  }

  /// @param how words before it, and SET:FORM; `mixed` are ordinals up to some number
  private String words(int number, String how) {
    int blank = how.lastIndexOf(' ');
    String[] kind = how.substring(blank + 1).split(":", -1);
    boolean mixed = kind[0].equals("mixed");
    boolean ordinal = mixed ? number <= lastOrdinal : kind[0].equals(Ordinals.SET);
    String said =
        ordinal
            ? language.numerals().say(number, Ordinals.SET, kind[1])
            : language.numerals().say(number, Numerals.CARDINAL, Numerals.COUNTING);
    return how.substring(0, blank + 1) + said;
  }

  private static int value(String roman) {
    int value = 0;
    int last = 0;
    for (int i = roman.length() - 1; i >= 0; i--) {
      int digit = VALUES[DIGITS.indexOf(roman.charAt(i))];
      value += digit < last ? -digit : digit;
      last = Math.max(last, digit);
    }
    return value;
  }
}
