package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Reader of numbers in local notation: thousands with full stops, blanks or apostrophes, decimals
/// after a comma (or the other way round). Immutable.
final class NumberReader {
  private static final BoundedPattern GROUPED =
      BoundedPattern.of(
          "[1-9]\\d{0,2}(?<by>[.,'’ \u00a0\u2009\u202f])\\d{3}(?:\\k<by>\\d{3}){0,4}+(?!\\d|\\k<by>\\d)");
  private static final BoundedPattern PLAIN = BoundedPattern.of("\\d{1,40}+(?!\\d)");
  private static final BoundedPattern DECIMALS =
      BoundedPattern.of("(?<by>[.,])(?<digits>\\d{1,20}+)(?!\\d|[.,]\\d)");
  private static final String BEFORE_SIGN = "([{\"'“„«»‚";

  private final char decimal;
  private final char thousands;

  /// @param decimal `,` or `.`
  /// @param thousands `.`, `,` or a blank
  NumberReader(char decimal, char thousands) {
    this.decimal = decimal;
    this.thousands = thousands;
  }

  /// The number that begins there, with its sign; not within a word or a longer number.
  Optional<WrittenNumber> at(Cursor text, int at) {
    char c = text.peek(at);
    char before = text.peek(at - 1);
    boolean sign = c == '-' || c == '−' || c == '+';
    boolean free = before == 0 || Cursor.isBlank(before) || BEFORE_SIGN.indexOf(before) >= 0;
    if (sign && !free && c != '−') {
      return Optional.empty();
    }
    int start = sign ? at + 1 : at;
    if (!isDigit(text.peek(start))
        || (!sign && !text.isWordStart(at))
        || (isSeparator(before) && isDigit(text.peek(at - 2)))) {
      return Optional.empty();
    }
    return unsigned(text, start, sign ? (c == '+' ? "+" : "-") : "");
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == ',' || c == '\'' || c == '’';
  }

  /// The number that begins there with a digit.
  Optional<WrittenNumber> unsigned(Cursor text, int at, String sign) {
    Optional<MatchResult> grouped = GROUPED.at(text, at).filter(m -> areThousands(text, m));
    return grouped
        .or(() -> PLAIN.at(text, at))
        .map(m -> {
          String whole = digits(m.group());
          Optional<MatchResult> decimals = DECIMALS.at(text, m.end());
          boolean foreign = decimals.filter(d -> d.group("by").charAt(0) != decimal).isPresent();
          boolean turned = grouped.filter(g -> isTurned(text, g)).isPresent();
          boolean kept = decimals.isPresent() && (!foreign || grouped.isEmpty() || turned);
          return new WrittenNumber(
              kept ? decimals.get().end() : m.end(),
              sign,
              whole,
              kept ? decimals.get().group("digits") : "",
              kept && foreign,
              grouped.isPresent());
        });
  }

  /// Whether groups are thousands: by the separator of the language, blanks and apostrophes, or a
  /// separator that cannot be anything else.
  private boolean areThousands(Cursor text, MatchResult groups) {
    char by = groups.group("by").charAt(0);
    if (by == thousands || by == '\'' || by == '’') {
      return true;
    }
    if (Cursor.isBlank(by)) {
      return !isDigit(text.peek(groups.start() - 2));
    }
    if (isTurned(text, groups)) {
      return true;
    }
    boolean several = groups.group().indexOf(by) != groups.group().lastIndexOf(by);
    boolean proven = several || groups.group().endsWith("000");
    boolean decimals = text.peek(groups.end()) == decimal && isDigit(text.peek(groups.end() + 1));
    return by != decimal && (proven || decimals);
  }

  /// Whether the signs are the other way round than in the language: `1,200.50`.
  private boolean isTurned(Cursor text, MatchResult groups) {
    char sign = text.peek(groups.end());
    return groups.group("by").charAt(0) == decimal
        && isSeparator(sign)
        && sign != decimal
        && DECIMALS.at(text, groups.end()).isPresent();
  }

  private static String digits(String written) {
    StringBuilder digits = new StringBuilder();
    written.chars().filter(c -> isDigit((char) c)).forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
