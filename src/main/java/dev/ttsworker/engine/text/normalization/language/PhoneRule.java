package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text normalization of phone numbers: digits in their groups, or in pairs where the language has
/// it so. A number is one after `+`, after a word such as "Tel.", with a leading zero and several
/// groups, or grouped as the language groups phone numbers.
final class PhoneRule implements Rule {
  private static final BoundedPattern NUMBER =
      BoundedPattern.of(
          "(?<plus>\\+|00(?=[1-9]))?+(?:\\(?\\d{1,12}\\)?)(?:(?:[ \u00a0./-]{1,3}|(?<=\\)))\\(?\\d{1,8}\\)?){0,7}+(?![\\d\\p{L}]|[.,:/-]\\d)");
  private static final Pattern GROUP = Pattern.compile("\\d{1,15}");
  private static final Pattern GROUPED =
      Pattern.compile("0\\d{1,5}(?:[ \u00a0/-]{1,3}\\d{2,8}){1,6}");
  private static final Pattern CHAIN = Pattern.compile("\\d{1,8}(?:-\\d{1,8}){2,7}");
  private static final int FEWEST = 6;
  private static final int MOST = 15;
  private static final int LONGEST_PAIRS = 10;

  private final Language language;
  private final Map<String, String> before;
  private final Optional<Pattern> shape;
  private final boolean pairs;

  PhoneRule(Language language) {
    this.language = language;
    before = language.data().values("before a phone number");
    String shapes = language.data().setting("phone shape", "");
    shape = shapes.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(shapes));
    pairs = language.data().setting("phone groups", "digits").equals("numbers");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    boolean start = c == '+' || c == '(' || NumberReader.isDigit(c);
    if (!start || !text.isWordStart(at) || isInNumber(text, at)) {
      return Optional.empty();
    }
    return NUMBER.at(text, at).filter(m -> isPhone(text, at, m)).map(this::said);
  }

  private static boolean isInNumber(Cursor text, int at) {
    char before = text.peek(at - 1);
    return (before == ',' || before == '.' || before == '-') && text.peek(at) != '+';
  }

  private boolean isPhone(Cursor text, int at, MatchResult match) {
    String written = match.group();
    long digits = written.chars().filter(Character::isDigit).count();
    if (digits < FEWEST || digits > MOST) {
      return false;
    }
    return match.group("plus") != null
        || GROUPED.matcher(written.replaceAll("[()]", "")).matches()
        || shape.filter(s -> s.matcher(written).matches()).isPresent()
        || CHAIN.matcher(written).matches()
        || isAnnounced(text, at);
  }

  private boolean isAnnounced(Cursor text, int at) {
    int end = at;
    for (int i = 0; i < 3 && end > 0; i++) {
      char c = text.peek(end - 1);
      if (!Cursor.isBlank(c) && c != '.' && c != ':') {
        break;
      }
      end--;
    }
    return end < at && before.containsKey(text.wordBefore(end).toLowerCase(Locale.ROOT));
  }

  private Verbalization said(MatchResult match) {
    StringJoiner groups = new StringJoiner(", ");
    GROUP.matcher(match.group()).results().forEach(m -> groups.add(group(m.group())));
    boolean plus = match.group().startsWith("+");
    return Verbalization.of(
        match.end(), (plus ? language.data().setting("plus") + " " : "") + groups);
  }

  private String group(String digits) {
    if (pairs && digits.length() > 3 && digits.length() <= LONGEST_PAIRS) {
      int first = digits.length() % 2 == 0 ? 2 : 1;
      return group(digits.substring(0, first)) + ", " + group(digits.substring(first));
    }
    boolean number = pairs && digits.length() <= 3 && !digits.startsWith("0");
    return number
        ? language.say(new WrittenNumber(0, "", digits, "", false, false))
        : language.numerals().digits(digits);
  }
}
