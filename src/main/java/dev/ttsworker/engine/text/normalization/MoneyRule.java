package dev.ttsworker.engine.text.normalization;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// Text normalization of money (semiotic class money): `$4.50`, `£2bn`, `$5-10`, `50 EUR`, `USD
/// 50`, `$20/month`, `99¢`, and in European notation, `1.000,50 €`.
final class MoneyRule implements Rule {
  /// Dots between thousands, of which two are proof, or a comma before cents.
  private static final String EUROPEAN =
      "\\d{1,3}(?:\\.\\d{3}){2,4}+(?:,\\d{2})?+(?![.,]?\\d)"
          + "|\\d{1,3}(?:\\.\\d{3}){0,1},\\d{2}(?![.,]?\\d)";

  private static final String NUMBER =
      "(?:(?<comma>" + EUROPEAN + ")|(?<number>" + BoundedPatterns.NUMBER + "))";
  private static final BoundedPattern GROUPED =
      BoundedPattern.of(
          "\\d{1,3}(?:\\.\\d{3}){2,4}+(?:,\\d{2})?+"
              + BoundedPatterns.GAP
              + "(?:[€£¥₹₽₺₩₪$]|[A-Z]{3}\\b)");
  private static final String RANGE = BoundedPatterns.GAP + "[-–—]" + BoundedPatterns.GAP;

  private final NumberWords numbers;
  private final Map<String, String> signs;
  private final Map<String, String> codes;
  private final Map<String, String> small;
  private final Map<String, String> scales;
  private final Map<String, String> per;
  private final boolean british;
  private final BoundedPattern signFirst;
  private final BoundedPattern codeFirst;
  private final BoundedPattern signLast;
  private final BoundedPattern cents;
  private final BoundedPattern scaledRange;
  private final BoundedPattern perForm =
      BoundedPattern.of("(?:/| per )(?<per>\\p{L}{1,8}+)(?![\\p{L}\\p{N}])");

  MoneyRule(English english) {
    numbers = english.numbers();
    british = english.isBritish();
    Tables tables = Tables.read("money.txt");
    signs = tables.section("signs");
    codes = tables.section("codes");
    small = tables.section("small");
    scales = tables.section("scales");
    per = tables.section("per");
    String scale =
        "(?:[ \u00a0-]?(?<scale>hundred|thousand|lakh crore|lakhs?|crores?|[Cc]r|million|billion|trillion|bn|mn|tn|trn|mln)"
            + "|(?<letter>k|K|m|M|MM|b|B|T|L))?+(?![\\p{L}\\p{N}])";
    String sign = BoundedPatterns.anyOf(signs.keySet());
    String code = BoundedPatterns.anyOf(codes.keySet());
    String to = "(?:" + RANGE + "(?:" + sign + ")?+(?<to>" + BoundedPatterns.NUMBER + "))?+";
    String minus = "(?<minus>[-−])?+";
    signFirst =
        BoundedPattern.of(
            minus
                + "(?<name>"
                + sign
                + ")"
                + BoundedPatterns.GAP
                + "(?<minus2>[-−])?+"
                + NUMBER
                + to
                + scale);
    codeFirst =
        BoundedPattern.of(
            "(?<name>" + code + ")" + BoundedPatterns.GAP + minus + NUMBER + to + scale);
    signLast = signLast(minus, code);
    scaledRange = scaledRange(sign, code);
    cents =
        BoundedPattern.of(
            "(?<number>" + BoundedPatterns.NUMBER + ")(?<name>[¢p])(?![\\p{L}\\p{N}])");
  }

  private static BoundedPattern signLast(String minus, String code) {
    return BoundedPattern.of(
        minus
            + "(?:(?<comma>"
            + EUROPEAN
            + "|\\d{1,3}\\.\\d{3}(?="
            + BoundedPatterns.GAP
            + "€))|(?<number>"
            + BoundedPatterns.NUMBER
            + ")"
            + "(?:[ ]?(?<scale>thousand|lakhs?|crores?|million|billion|bn|mn)|(?<letter>k|K|m|M|B))?+)"
            + BoundedPatterns.GAP
            + "(?<name>[€£¥₹₽₺₩₪$]|"
            + code
            + ")(?![\\p{L}\\p{N}])(?<to>)?+");
  }

  private static BoundedPattern scaledRange(String sign, String code) {
    String scales =
        "(?:[ \u00a0-]?(?:hundred|thousand|lakh crore|lakhs?|crores?|[Cc]r|million|billion|trillion|bn|mn|tn|trn|mln)|k|K|m|M|MM|b|B|T)";
    return BoundedPattern.of(
        "(?<name>"
            + sign
            + "|(?:"
            + code
            + BoundedPatterns.GAP
            + "))(?<one>"
            + BoundedPatterns.NUMBER
            + ")(?<first>"
            + scales
            + ")"
            + RANGE
            + "(?:"
            + sign
            + ")?+(?<two>"
            + BoundedPatterns.NUMBER
            + ")(?<second>"
            + scales
            + ")?+(?![\\p{L}\\p{N}])");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return scaledRange
        .at(text, at)
        .map(m -> range(text, m))
        .or(() -> signFirst.at(text, at).map(m -> amount(text, m)))
        .or(() -> codeFirst.at(text, at).map(m -> amount(text, m)))
        .or(() -> signLast.at(text, at).map(m -> amount(text, m)))
        .or(() -> cents.at(text, at).filter(this::isSmall).map(this::small));
  }

  /// `$10K-$20K`: verbalizes the shared unit once.
  private Verbalization range(Cursor text, MatchResult match) {
    String name = match.group("name").strip();
    String[] names = signs.getOrDefault(name, codes.getOrDefault(name, "")).split(", ", -1);
    String first = scale(match.group("first"));
    String second = match.group("second") == null ? first : scale(match.group("second"));
    String from = numbers.written(match.group("one")) + (first.equals(second) ? "" : " " + first);
    boolean described = isDescribing(text, match.start(), match.end());
    String words = from + " to " + numbers.written(match.group("two")) + " " + second;
    return Verbalization.of(match.end(), words + " " + names[described ? 0 : 1]);
  }

  private String scale(String written) {
    return scales.getOrDefault(written.replaceAll("^[ \u00a0-]", ""), "");
  }

  /// Whether it is an amount with dots between its thousands, which resembles a version.
  static boolean isGrouped(Cursor text, int at) {
    return GROUPED.at(text, at).isPresent();
  }

  private boolean isSmall(MatchResult match) {
    boolean pence = match.group("name").equals("p");
    return !pence || (british && match.group("number").length() <= 2);
  }

  private Verbalization small(MatchResult match) {
    String number = match.group("number");
    String[] names = small.getOrDefault(match.group("name"), "").split(", ", -1);
    return Verbalization.of(
        match.end(), numbers.written(number) + " " + names[number.equals("1") ? 0 : 1]);
  }

  private Verbalization amount(Cursor text, MatchResult match) {
    String name = match.group("name");
    String[] names = signs.getOrDefault(name, codes.getOrDefault(name, "")).split(", ", -1);
    int end = match.end();
    boolean described = isDescribing(text, match.start(), end);
    StringBuilder words = new StringBuilder(isNegative(match) ? "minus " : "");
    words.append(said(match, names, described));
    if (text.peek(end) == '/' && text.peek(end + 1) == '-') {
      end += 2;
    }
    if (text.peek(end) == '+') {
      end++;
      words.append(" plus");
    }
    Optional<MatchResult> rate =
        perForm
            .at(text, end)
            .filter(m -> per.containsKey(m.group("per")) && m.group().startsWith("/"));
    if (rate.isPresent()) {
      end = rate.get().end();
      words.append(" per ").append(per.get(rate.get().group("per")));
    }
    return Verbalization.of(end, words.toString());
  }

  private static boolean isNegative(MatchResult match) {
    return match.group("minus") != null
        || (match.namedGroups().containsKey("minus2") && match.group("minus2") != null);
  }

  private String said(MatchResult match, String[] names, boolean described) {
    String scale = scaleOf(match);
    String number = match.group("number");
    if (match.group("comma") != null) {
      number = match.group("comma").replace(".", "").replace(',', '.');
    }
    String to = match.group("to");
    if (to != null && !to.isEmpty()) {
      boolean exact = number.contains(".") || to.contains(".");
      String first = exact ? whole(number, scale, names, false) : numbers.written(number);
      return first + " to " + whole(to, scale, names, described);
    }
    return whole(number, scale, names, described);
  }

  private @Nullable String scaleOf(MatchResult match) {
    String word = match.group("scale");
    String letter = match.group("letter");
    return scales.get(word == null ? letter == null ? "" : letter : word);
  }

  private String whole(String number, @Nullable String scale, String[] names, boolean described) {
    if (scale != null) {
      return numbers.written(number) + " " + scale + " " + names[described ? 0 : 1];
    }
    int stop = number.indexOf('.');
    if (stop < 0 || number.length() - stop != 3 || names.length < 4) {
      boolean one = number.equals("1") || described;
      return numbers.written(number) + " " + names[one ? 0 : 1];
    }
    return exact(number.substring(0, stop), number.substring(stop + 1), names);
  }

  private String exact(String units, String hundredths, String[] names) {
    boolean noUnits = units.isEmpty() || units.equals("0");
    String large =
        numbers.written(units.isEmpty() ? "0" : units) + " " + names[units.equals("1") ? 0 : 1];
    int cents = Integer.parseInt(hundredths);
    if (cents == 0) {
      return large;
    }
    String rest = numbers.cardinal(cents) + " " + names[cents == 1 ? 2 : 3];
    return noUnits ? rest : large + " and " + rest;
  }

  /// Whether it stands before a noun, as in "a $5 bill".
  private static boolean isDescribing(Cursor text, int start, int end) {
    String before = text.wordBefore(start);
    String after = text.wordAfter(end);
    boolean article = before.equals("a") || before.equals("an") || before.equals("A");
    boolean noun = after.length() > 2 && Character.isLowerCase(after.charAt(0));
    return article
        && noun
        && Cursor.isBlank(text.peek(end))
        && !after.equals("for")
        && !after.equals("per")
        && !after.equals("and");
  }
}
