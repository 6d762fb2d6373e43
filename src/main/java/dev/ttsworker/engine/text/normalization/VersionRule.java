package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Text normalization of versions and IP addresses: `v1.2.3`, `2.0.1`, `Python 3.12`,
/// `192.168.0.1`.
final class VersionRule implements Rule {
  private static final BoundedPattern ADDRESS =
      BoundedPattern.of(
          "\\d{1,3}(?:\\.\\d{1,3}){3}(?::(?<port>\\d{1,5}))?+(?![\\p{L}\\p{N}_]|\\.\\d)");
  private static final BoundedPattern VERSION =
      BoundedPattern.of(
          "(?<v>[vV])?+(?<parts>\\d{1,8}(?:\\.\\d{1,8}){0,4})(?<rest>-?(?:rc|beta|alpha)\\.?\\d{0,3}+)?+(?![\\p{L}\\p{N}_]|\\.\\d)");

  private final NumberWords numbers;
  private final Set<String> versioned = Tables.read("acronyms.txt").words("before a version");

  VersionRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (!Character.isDigit(c) && c != 'v' && c != 'V') {
      return Optional.empty();
    }
    if (MoneyRule.isGrouped(text, at)) {
      return Optional.empty();
    }
    return ADDRESS.at(text, at).map(this::address).or(() -> version(text, at));
  }

  private Verbalization address(MatchResult match) {
    String port = match.group("port");
    String host =
        port == null ? match.group() : match.group().substring(0, match.group().indexOf(':'));
    StringJoiner words = new StringJoiner(" dot ");
    for (String part : host.split("\\.", -1)) {
      words.add(numbers.digits(part));
    }
    return Verbalization.of(
        match.end(), words + (port == null ? "" : " port " + numbers.digits(port)));
  }

  private Optional<Verbalization> version(Cursor text, int at) {
    return VERSION.at(text, at).filter(m -> isVersion(text, at, m)).map(this::version);
  }

  private boolean isVersion(Cursor text, int at, MatchResult match) {
    int stops = (int) match.group("parts").chars().filter(c -> c == '.').count();
    if ("v".equals(match.group("v")) || (match.group("v") != null && stops > 0) || stops >= 2) {
      return true;
    }
    String before = text.wordBefore(at).toLowerCase(Locale.ROOT);
    return stops == 1 && versioned.contains(before);
  }

  private Verbalization version(MatchResult match) {
    StringJoiner words = new StringJoiner(" point ");
    for (String part : match.group("parts").split("\\.", -1)) {
      words.add(numbers.written(part));
    }
    String rest = match.group("rest");
    String named = (match.group("v") == null ? "" : "version ") + words;
    return Verbalization.of(match.end(), rest == null ? named : named + " " + stage(rest));
  }

  private String stage(String rest) {
    String word = rest.replaceAll("[^a-z]", "");
    String digits = rest.replaceAll("\\D", "");
    String said = word.equals("rc") ? "R C" : word;
    return digits.isEmpty() ? said : said + " " + numbers.written(digits);
  }
}
