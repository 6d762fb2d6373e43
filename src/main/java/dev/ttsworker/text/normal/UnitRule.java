package dev.ttsworker.text.normal;

import dev.ttsworker.text.Abbreviations;
import dev.ttsworker.text.Abbreviations.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Amounts with a unit: `5 km/h`, `20°C`, `16GB`, `5-km run`, `50 g/day`, `5%`.
final class UnitRule implements Rule {
  private static final int LONGEST_UNIT = 10;
  private static final Form PER = Form.of("/(?<per>\\p{Ll}{1,8}+)(?![\\p{L}\\p{N}])");
  private static final Form RANGE = Form.of("[ \u00a0]?[-–—][ \u00a0]?(?=[\\d.])");

  private final Amounts amounts;
  private final Map<String, String> units;
  private final Map<String, String> attached;
  private final Set<String> onlyAttached;
  private final Map<String, String> british;
  private final Map<String, String> per;

  UnitRule(English english) {
    this.amounts = new Amounts(english);
    Tables tables = Tables.read("units.txt");
    units = new HashMap<>(tables.section("units"));
    units.putAll(Abbreviations.at(Place.AFTER_NUMBER));
    attached = tables.section("also attached");
    onlyAttached = tables.words("only attached");
    british = english.isBritish() ? tables.section("british") : Map.of();
    per = Tables.read("money.txt").section("per");
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    return amounts.at(text, at).flatMap(amount -> withUnit(text, at, amount));
  }

  private Optional<Reading> withUnit(Source text, int at, Amount amount) {
    Optional<Amount> second =
        RANGE.at(text, amount.end()).flatMap(dash -> amounts.at(text, dash.end()));
    return second
        .flatMap(to -> {
          Amount range = new Amount(to.end(), amount.words() + " to " + to.words(), false);
          return single(text, at, range);
        })
        .or(() -> single(text, at, amount));
  }

  /// An amount that begins at `at` with its unit, where one follows.
  Optional<Reading> after(Source text, int at, Amount amount) {
    return single(text, at, amount);
  }

  private Optional<Reading> single(Source text, int at, Amount amount) {
    int end = amount.end();
    char gap = text.look(end);
    boolean hyphen = gap == '-';
    boolean parted = (Source.isBlank(gap) && gap != '\n') || hyphen;
    int start = parted ? end + 1 : end;
    for (int length = LONGEST_UNIT; length > 0; length--) {
      int unitEnd = start + length;
      if (unitEnd > text.length() || !isUnitEnd(text, unitEnd)) {
        continue;
      }
      boolean stop = text.look(unitEnd) == '.' && isSmallWord(text.wordAfter(unitEnd + 1));
      String names = names(text.subSequence(start, unitEnd).toString(), parted && !stop);
      if (!names.isEmpty()) {
        boolean article = isArticle(text.wordBefore(at)) && isSmallWord(text.wordAfter(unitEnd));
        String unit = name(names, amount.isOne() || hyphen || article);
        return Optional.of(withPer(text, unitEnd, amount.words() + " " + unit));
      }
    }
    return Optional.empty();
  }

  private static boolean isUnitEnd(Source text, int end) {
    char c = text.look(end);
    return !Source.isWordPart(c) && c != '²' && c != '³' && c != '°';
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

  private Reading withPer(Source text, int end, String words) {
    return PER.at(text, end)
        .filter(m -> per.containsKey(m.group("per")))
        .map(m -> Reading.of(m.end(), words + " per " + per.get(m.group("per"))))
        .orElseGet(() -> Reading.of(afterStop(text, end), words));
  }

  /// The stop of `5 min. later` goes; that of a sentence stays.
  private static int afterStop(Source text, int end) {
    boolean letters = Character.isLowerCase(text.look(end - 1));
    boolean goesOn = text.look(end) == '.' && isSmallWord(text.wordAfter(end + 1));
    return letters && goesOn && Source.isBlank(text.look(end + 1)) ? end + 1 : end;
  }

  private static boolean isArticle(String word) {
    return word.equals("a") || word.equals("an") || word.equals("A") || word.equals("An");
  }

  private static boolean isSmallWord(String word) {
    return !word.isEmpty() && Character.isLowerCase(word.charAt(0));
  }
}
