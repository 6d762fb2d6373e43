package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Text normalization of telephone numbers and other digit sequences (semiotic class telephone), in
/// groups with a pause between: `(555) 123-4567`, `+44 20 7946 0958`, `code 4821`,
/// `978-3-16-148410-0`.
final class PhoneRule implements Rule {
  private static final String FREE = "(?![\\p{L}\\p{N}_]|[-./:]\\d)";
  private static final BoundedPattern AMERICAN =
      BoundedPattern.of("(?:\\+?1[-. ])?(?:\\(\\d{3}\\) ?|\\d{3}[-. ])\\d{3}[-. ]\\d{4}" + FREE);
  private static final BoundedPattern LOCAL = BoundedPattern.of("\\d{3}-\\d{4}" + FREE);
  private static final BoundedPattern INTERNATIONAL =
      BoundedPattern.of("\\+\\d{1,3}(?:[ -]?\\(0\\))?(?:[ .-]?\\(?\\d{1,5}\\)?){1,6}" + FREE);
  private static final BoundedPattern BRITISH =
      BoundedPattern.of("\\(?0\\d{2,4}\\)?[ -]\\d{3,4}[ -]?\\d{3,4}" + FREE);
  private static final BoundedPattern GROUPS =
      BoundedPattern.of("\\d{1,7}(?:-\\d{1,7}){2,5}" + FREE);

  /// Australian free-call numbers, `(02) 9876 5432`, `0412 345 678`, `01 23 45 67 89`, `030
  /// 123456`.
  private static final BoundedPattern OTHER =
      BoundedPattern.of(
          "(?:1[38]00 \\d{3} \\d{3}|1[38]00(?: \\d{2}){3}|\\(0\\d\\) ?\\d{4} \\d{4}|0\\d{3} \\d{3} \\d{3}"
              + "|0\\d(?: \\d{2}){4}|0\\d{2,4} \\d{5,8})(?! \\d)"
              + FREE);

  /// Vanity numbers: `1-800-FLOWERS`.
  private static final BoundedPattern VANITY =
      BoundedPattern.of(
          "(?<figures>(?:\\+?1[-. ]8\\d\\d|\\(8\\d\\d\\)|8\\d\\d(?=-)|0800(?=-)|1[38]00(?=-))(?:[-. ]\\d{3})?+)[-. ]"
              + "(?<word>[A-Z](?:[A-Z0-9]{2,11}|[a-z]{2,11})(?:[- ][A-Z][A-Z0-9]{1,8})?"
              + "|[A-Z]{2,8}[- ][A-Z][A-Z0-9]{1,8})(?![\\p{L}\\p{N}_])");

  /// Groups that are digit sequences after a word such as PIN: "The PIN is 12 34".
  private static final BoundedPattern ANNOUNCED =
      BoundedPattern.of("\\d{2,5}(?: \\d{2,5}){1,5}(?! \\d)" + FREE);

  private static final Set<String> BEFORE_GROUPS =
      Set.of("ring", "hotline", "helpline", "freephone", "whatsapp", "text");
  private static final BoundedPattern CODE =
      BoundedPattern.of("\\d{3,12}" + "(?![\\p{L}\\p{N}_]|[,.:]\\d|-\\p{L})");

  private final NumberWords numbers;
  private final Set<String> before = Tables.read("acronyms.txt").words("before a code");

  PhoneRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (!Character.isDigit(c) && c != '+' && c != '(') {
      return Optional.empty();
    }
    return vanity(text, at).or(() -> figures(text, at)).or(() -> code(text, at));
  }

  private Optional<Verbalization> vanity(Cursor text, int at) {
    return VANITY
        .at(text, at)
        .filter(_ -> text.isWordStart(at))
        .map(m ->
            Verbalization.of(
                m.end(), grouped(m.group("figures")) + ", " + worded(m.group("word"))));
  }

  private Optional<Verbalization> figures(Cursor text, int at) {
    return AMERICAN
        .at(text, at)
        .or(() -> OTHER.at(text, at).filter(_ -> text.isWordStart(at)))
        .or(() -> ANNOUNCED.at(text, at).filter(m -> isGrouped(text, at, m)))
        .or(() -> INTERNATIONAL.at(text, at).filter(m -> digits(m) >= 7))
        .or(() -> BRITISH.at(text, at))
        .or(() -> LOCAL.at(text, at))
        .or(() -> GROUPS.at(text, at).filter(m -> digits(m) >= 7))
        .map(m -> Verbalization.of(m.end(), grouped(m.group())));
  }

  private static long digits(MatchResult match) {
    return match.group().chars().filter(Character::isDigit).count();
  }

  private String grouped(String number) {
    StringJoiner groups = new StringJoiner(", ");
    for (String group : number.replace("(0)", " ").split("[^\\d+]+", -1)) {
      if (!group.isEmpty()) {
        groups.add((group.startsWith("+") ? "plus " : "") + numbers.digits(group));
      }
    }
    return groups.toString();
  }

  /// The words of a vanity number; `KARS4KIDS` is "kars four kids".
  private String worded(String written) {
    StringJoiner words = new StringJoiner(" ");
    for (String part : written.split("[- ]|(?<=\\d)(?=\\D)|(?<=[A-Za-z])(?=\\d)", -1)) {
      boolean capitals = part.equals(part.toUpperCase(Locale.ROOT));
      boolean figures = !part.isEmpty() && Character.isDigit(part.charAt(0));
      words.add(figures ? numbers.digits(part) : capitals ? part.toLowerCase(Locale.ROOT) : part);
    }
    return words.toString();
  }

  private Optional<Verbalization> code(Cursor text, int at) {
    return CODE.at(text, at)
        .filter(m -> isAnnounced(text, at))
        .map(m -> Verbalization.of(m.end(), numbers.digits(m.group())));
  }

  /// Whether a word before the groups marks them as digit sequences, and no counted noun follows.
  private boolean isGrouped(Cursor text, int at, MatchResult match) {
    String after = text.wordAfter(match.end());
    boolean thousands = match.group().matches("\\d{1,3}(?: \\d{3}){1,4}");
    boolean counted = thousands && after.endsWith("s") && Character.isLowerCase(after.charAt(0));
    String word = RomanRule.wordBefore(text, at).toLowerCase(Locale.ROOT);
    return !counted
        && text.isWordStart(at)
        && (isAnnounced(text, at) || BEFORE_GROUPS.contains(word) || before.contains(word));
  }

  private static int digitsAt(Cursor text, int at) {
    int end = at;
    while (end - at < 6 && Character.isDigit(text.peek(end))) {
      end++;
    }
    return end - at;
  }

  private boolean isAnnounced(Cursor text, int at) {
    int end = at;
    while (end > at - 3
        && (Cursor.isBlank(text.peek(end - 1)) || ":#".indexOf(text.peek(end - 1)) >= 0)) {
      end--;
    }
    String written = RomanRule.wordBefore(text, end);
    if (written.length() == 2 && Character.isUpperCase(written.charAt(1)) && end == at - 1) {
      // A state and its ZIP code.
      return digitsAt(text, at) == 5;
    }
    String word = written.toLowerCase(Locale.ROOT);
    if (word.equals("in")) {
      return text.secondWordBefore(end).startsWith("end");
    }
    if (word.equals("is") || (word.equals("number") && end != at)) {
      String second = text.secondWordBefore(end).toLowerCase(Locale.ROOT);
      return before.contains(second) || (word.equals("is") && second.equals("number"));
    }
    return before.contains(word);
  }
}
