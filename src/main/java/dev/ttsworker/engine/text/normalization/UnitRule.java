package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of measures (semiotic class measure): `5 km/h`, `20°C`, `16GB`, `5-km run`,
/// `50 g/day`, `5%`.
final class UnitRule implements Rule {
  private static final int LONGEST_UNIT = 10;
  private static final BoundedPattern PER =
      BoundedPattern.of("/(?<per>[\\p{L}µ]{1,8}+[²³]?+)(?![\\p{L}\\p{N}])");
  private static final BoundedPattern RANGE =
      BoundedPattern.of("[ \u00a0]?[-–—][ \u00a0]?(?=[\\d.])");

  private static final BoundedPattern BRACKET = BoundedPattern.of(" \\(\\d[^()\n]{1,30}+\\)");
  private static final int MOST_ADJECTIVES = 3;

  /// Words after a measure that name its dimension.
  static final Set<String> DIMENSIONS = Set.of("long", "wide", "tall", "high", "deep", "thick");

  private static final Set<String> DETERMINERS =
      Set.of("the", "this", "that", "my", "your", "his", "her", "its", "our", "their", "each");

  private final Amounts amounts;
  private final Map<String, String> units;
  private final Map<String, String> attached;
  private final Set<String> onlyAttached;
  private final Set<String> measured;
  private final Set<String> noNouns;
  private final Map<String, String> british;
  private final Map<String, String> per;

  UnitRule(English english) {
    this.amounts = new Amounts(english);
    Tables tables = Tables.read("units.txt");
    units = new HashMap<>(tables.section("units"));
    units.putAll(Abbreviations.at(Place.AFTER_NUMBER));
    attached = tables.section("also attached");
    onlyAttached = tables.words("only attached");
    measured = tables.words("measured");
    noNouns = tables.words("no nouns");
    british = english.isBritish() ? tables.section("british") : Map.of();
    per = Tables.read("money.txt").section("per");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return amounts.at(text, at).flatMap(amount -> withUnit(text, at, amount));
  }

  private Optional<Verbalization> withUnit(Cursor text, int at, Amount amount) {
    Optional<Amount> second =
        RANGE.at(text, amount.end()).flatMap(dash -> amounts.at(text, dash.end()));
    return second
        .flatMap(to -> {
          Amount range = new Amount(to.end(), amount.words() + " to " + to.words(), false);
          return single(text, at, range);
        })
        .or(() -> single(text, at, amount));
  }

  /// The unit after an amount that begins at `at`, if one follows.
  Optional<Verbalization> after(Cursor text, int at, Amount amount) {
    return single(text, at, amount);
  }

  private Optional<Verbalization> single(Cursor text, int at, Amount amount) {
    int end = amount.end();
    char gap = text.peek(end);
    boolean hyphen = gap == '-';
    boolean parted = (Cursor.isBlank(gap) && gap != '\n') || hyphen;
    int start = parted ? end + 1 : end;
    for (int length = LONGEST_UNIT; length > 0; length--) {
      int unitEnd = start + length;
      if (unitEnd > text.length() || !isUnitEnd(text, unitEnd)) {
        continue;
      }
      boolean stop = text.peek(unitEnd) == '.' && isSmallWord(text.wordAfter(unitEnd + 1));
      String names = names(text.subSequence(start, unitEnd).toString(), parted && !stop);
      if (!names.isEmpty()) {
        boolean one = amount.isOne() || hyphen || isDescribing(text, at, unitEnd);
        String unit = name(names, one);
        return Optional.of(withPer(text, unitEnd, amount.words() + " " + unit));
      }
    }
    return Optional.empty();
  }

  private static boolean isUnitEnd(Cursor text, int end) {
    char c = text.peek(end);
    return !Cursor.isWordPart(c) && c != '²' && c != '³' && c != '°';
  }

  private String names(String unit, boolean parted) {
    if (parted) {
      return onlyAttached.contains(unit) ? "" : units.getOrDefault(unit, "");
    }
    return units.getOrDefault(unit, attached.getOrDefault(unit, ""));
  }

  private String name(String names, boolean one) {
    String[] both = names.split(", ", -1);
    StringBuilder name = new StringBuilder();
    for (String word : both[one ? 0 : both.length - 1].split(" ", -1)) {
      name.append(name.isEmpty() ? "" : " ").append(british.getOrDefault(word, word));
    }
    return name.toString();
  }

  private Verbalization withPer(Cursor text, int end, String words) {
    return PER.at(text, end)
        .flatMap(
            m -> perName(m.group("per")).map(n -> Verbalization.of(m.end(), words + " per " + n)))
        .orElseGet(() -> Verbalization.of(afterStop(text, end), words));
  }

  private Optional<String> perName(String unit) {
    return Optional.ofNullable(per.get(unit))
        .or(() -> Optional.ofNullable(units.get(unit)).map(names -> name(names, true)));
  }

  /// Drops the full stop of `5 min. later`; retains that of a sentence.
  private static int afterStop(Cursor text, int end) {
    boolean letters = Character.isLowerCase(text.peek(end - 1));
    boolean continuing = text.peek(end) == '.' && isSmallWord(text.wordAfter(end + 1));
    return letters && continuing && Cursor.isBlank(text.peek(end + 1)) ? end + 1 : end;
  }

  /// Whether it precedes its noun: "a small 40cm gap", "a 10m (32ft) passage", "the 5V rail", "3A
  /// supply".
  boolean isDescribing(Cursor text, int at, int end) {
    if (text.peek(end) == '-' && Character.isLetter(text.peek(end + 1))) {
      return true;
    }
    int next = afterBracket(text, end);
    String after = text.wordAfter(next);
    if (DIMENSIONS.contains(after) && Cursor.isBlank(text.peek(next))) {
      String noun = text.wordAfter(text.afterBlanks(next) + after.length());
      return isSmallWord(noun) && !noNouns.contains(noun);
    }
    if (measured.contains(after) && Cursor.isBlank(text.peek(next))) {
      return true;
    }
    if (!isSmallWord(after)) {
      return false;
    }
    String before = text.wordBefore(at);
    boolean noun = !noNouns.contains(after) && Cursor.isBlank(text.peek(next));
    return isArticle(before)
        || (noun
            && (DETERMINERS.contains(before.toLowerCase(Locale.ROOT)) || isDescribed(text, at)));
  }

  /// Whether an article and adjectives precede it.
  private boolean isDescribed(Cursor text, int at) {
    int end = at;
    for (int i = 0; i < MOST_ADJECTIVES; i++) {
      String word = text.wordBefore(end);
      if (!isSmallWord(word) || noNouns.contains(word) || word.endsWith("ed")) {
        return false;
      }
      end = text.beforeWord(end);
      if (isArticle(text.wordBefore(end))) {
        return true;
      }
    }
    return false;
  }

  /// Just past a bracket with the same measure in another unit; `end` where there is none.
  private static int afterBracket(Cursor text, int end) {
    if (!Cursor.isBlank(text.peek(end)) || text.peek(end + 1) != '(') {
      return end;
    }
    return BRACKET.at(text, end).map(MatchResult::end).orElse(end);
  }

  private static boolean isArticle(String word) {
    return word.equals("a") || word.equals("an") || word.equals("A") || word.equals("An");
  }

  private static boolean isSmallWord(String word) {
    return !word.isEmpty() && Character.isLowerCase(word.charAt(0));
  }
}
