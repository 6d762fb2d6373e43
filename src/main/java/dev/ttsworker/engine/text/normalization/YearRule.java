package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of years and decades (semiotic class date): `in 1999`, `2019–20`, `the
/// 1990s`, `'90s`, `in her 30s`, `44 BC`, `AD 79`.
final class YearRule implements Rule {
  private static final BoundedPattern YEAR =
      BoundedPattern.of("(?<year>1\\d\\d\\d|20\\d\\d)(?![\\p{L}\\p{N}_%°]|[,.:]\\d)");
  private static final BoundedPattern RANGE =
      BoundedPattern.of(
          "(?<from>1[1-9]\\d\\d|20\\d\\d) ?[-–—/] ?(?<to>(?:1[1-9]|20)?\\d\\d)(?![\\p{L}\\p{N}_%]|[-,.:]\\d)");
  private static final BoundedPattern DECADE =
      BoundedPattern.of("(?<years>(?:1\\d|20)\\d0)(?:['’]?s)(?!\\p{L})");
  private static final BoundedPattern SHORT_DECADE =
      BoundedPattern.of("(?<mark>['’‘])?+(?<years>[1-9]0)(?:['’]?s)(?!\\p{L})");
  private static final BoundedPattern SHORT_YEAR =
      BoundedPattern.of("['’‘](?<year>\\d\\d)(?![\\p{L}\\p{N}])");
  private static final BoundedPattern ERA =
      BoundedPattern.of(
          "(?<year>\\d{1,4}) ?(?<era>BCE|BC|AD|CE|B\\.C\\.E?\\.?|A\\.D\\.)(?!\\p{L})");
  private static final BoundedPattern ERA_RANGE =
      BoundedPattern.of(
          "(?<from>\\d{1,4}+) ?[-–—] ?(?<to>\\d{1,4}+) ?(?<era>BCE|BC|AD|CE)(?![\\p{L}\\p{N}_])");
  private static final BoundedPattern ERA_FIRST =
      BoundedPattern.of("(?<era>AD|A\\.D\\.) (?<year>\\d{1,4})(?![\\p{L}\\p{N}]|[.,]\\d)");

  private final NumberWords numbers;
  private final Set<String> beforeYear;
  private final Set<String> beforeAmount;
  private final Set<String> dated;
  private final Set<String> afterAmount;
  private final Set<String> noPlurals;
  private final Set<String> beforeDecade =
      Set.of(
          "the", "his", "her", "their", "my", "our", "your", "mid", "early", "late", "and", "or",
          "to");

  YearRule(English english) {
    this.numbers = english.numbers();
    Tables tables = Tables.read("dates.txt");
    beforeYear = tables.words("before a year");
    beforeAmount = tables.words("before an amount");
    dated = tables.words("happens about a year");
    afterAmount = tables.words("after an amount");
    noPlurals = tables.words("no plurals");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (!Character.isDigit(c)) {
      return Optional.empty();
    }
    return RANGE
        .at(text, at)
        .flatMap(this::range)
        .or(() ->
            YEAR.at(text, at)
                .filter(m -> isYear(text, m))
                .map(m -> Verbalization.of(m.end(), year(m.group("year")))));
  }

  /// Decades and eras, which take precedence over units: `90s` are no seconds.
  Optional<Verbalization> decade(Cursor text, int at) {
    char c = text.peek(at);
    if (c == 'A') {
      return ERA_FIRST
          .at(text, at)
          .map(m ->
              Verbalization.of(
                  m.end(), Letters.spell(m.group("era")) + " " + year(m.group("year"))));
    }
    if (c == '\'' || c == '’' || c == '‘') {
      return SHORT_DECADE
          .at(text, at)
          .map(this::shortDecade)
          .or(() ->
              text.isWordStart(at)
                  ? SHORT_YEAR.at(text, at).map(this::shortYear)
                  : Optional.empty());
    }
    if (!Character.isDigit(c)) {
      return Optional.empty();
    }
    return ERA_RANGE
        .at(text, at)
        .map(m ->
            Verbalization.of(
                m.end(),
                year(m.group("from"))
                    + " to "
                    + year(m.group("to"))
                    + " "
                    + Letters.spell(m.group("era"))))
        .or(() -> ERA.at(text, at).map(m -> Verbalization.of(end(text, m), era(text, m))))
        .or(() ->
            DECADE
                .at(text, at)
                .map(m -> Verbalization.of(m.end(), NumberWords.plural(year(m.group("years"))))))
        .or(() -> SHORT_DECADE.at(text, at).filter(_ -> isDecade(text, at)).map(this::shortDecade));
  }

  private String era(Cursor text, MatchResult match) {
    String words = year(match.group("year")) + " " + Letters.spell(match.group("era"));
    return end(text, match) == match.end()
            && match.group().endsWith(".")
            && text.isLastWordEnd(match.end())
        ? words + "."
        : words;
  }

  private static int end(Cursor text, MatchResult match) {
    return Math.min(match.end(), text.length());
  }

  private Verbalization shortDecade(MatchResult match) {
    return Verbalization.of(match.end(), NumberWords.plural(numbers.written(match.group("years"))));
  }

  private Verbalization shortYear(MatchResult match) {
    int year = Integer.parseInt(match.group("year"));
    return Verbalization.of(match.end(), (year < 10 ? "oh " : "") + numbers.cardinal(year));
  }

  private boolean isDecade(Cursor text, int at) {
    String before = text.wordBefore(at).toLowerCase(Locale.ROOT);
    return beforeDecade.contains(before) || "-–".indexOf(text.peek(at - 1)) >= 0;
  }

  private Optional<Verbalization> range(MatchResult match) {
    int from = Integer.parseInt(match.group("from"));
    String to = match.group("to");
    boolean ordered =
        to.length() == 4 ? Integer.parseInt(to) > from : Integer.parseInt(to) > from % 100;
    if (!ordered) {
      return Optional.empty();
    }
    String end =
        to.length() == 4
            ? year(to)
            : (to.startsWith("0") ? "oh " : "") + numbers.cardinal(Integer.parseInt(to));
    return Optional.of(Verbalization.of(match.end(), year(match.group("from")) + " to " + end));
  }

  private boolean isYear(Cursor text, MatchResult match) {
    String before = text.wordBefore(match.start()).toLowerCase(Locale.ROOT);
    String after = text.wordAfter(match.end());
    boolean next = Cursor.isBlank(text.peek(match.end())) || text.peek(match.end()) == '-';
    if (before.matches("q[1-4]|h[12]") || isAbbreviated(text, match.start())) {
      return true;
    }
    boolean dated = isDated(text, match.start(), before);
    boolean amount =
        beforeAmount.contains(before) && !dated && !isApproximate(text, match.start(), before);
    if (amount || (next && (isCounted(after, before) || isOrMore(text, match.end(), after)))) {
      return false;
    }
    int year = Integer.parseInt(match.group("year"));
    return year >= 1_900
        || dated
        || beforeYear.contains(before)
        || text.peek(match.start() - 1) == '(';
  }

  /// "1500 or so", "2000 or fewer".
  private static boolean isOrMore(Cursor text, int end, String after) {
    if (!after.equals("or")) {
      return false;
    }
    String second = text.wordAfter(text.afterBlanks(end) + after.length());
    return Set.of("more", "so", "fewer", "less").contains(second);
  }

  /// "built about 1850".
  private boolean isDated(Cursor text, int at, String before) {
    return Set.of("about", "around", "circa").contains(before)
        && dated.contains(text.secondWordBefore(at));
  }

  /// "in about 1980".
  private static boolean isApproximate(Cursor text, int at, String before) {
    return Set.of("about", "around", "nearly", "roughly", "exactly", "only").contains(before)
        && Set.of("in", "In", "from", "From", "since", "Since", "until", "by")
            .contains(text.secondWordBefore(at));
  }

  /// Whether `c. `, `b. ` or `d. ` precedes it.
  private static boolean isAbbreviated(Cursor text, int at) {
    boolean stop = text.peek(at - 1) == ' ' && text.peek(at - 2) == '.';
    return stop && "bcda".indexOf(text.peek(at - 3)) >= 0 && text.wordBefore(at - 2).length() <= 2;
  }

  private boolean isCounted(String after, String before) {
    String word = after.toLowerCase(Locale.ROOT);
    if (afterAmount.contains(word)) {
      return true;
    }
    boolean plural =
        word.length() > 3
            && word.equals(after)
            && word.endsWith("s")
            && !word.endsWith("ss")
            && !word.contains("'")
            && !word.contains("’")
            && !noPlurals.contains(word);
    return plural && !before.equals("the") && !before.equals("in");
  }

  private String year(String year) {
    return numbers.year(Integer.parseInt(year));
  }
}
