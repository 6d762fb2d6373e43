package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text normalization of file and folder names: `report.pdf`, `/etc/hosts`, `.env`, `src/main.py`.
final class FileRule implements Rule {
  private static final BoundedPattern FILE =
      BoundedPattern.of(
          "(?<stem>(?:[\\p{L}\\p{N}_-]{1,60}+[./]){0,6}[\\p{L}\\p{N}_-]{1,60}+)\\.(?<end>[A-Za-z][A-Za-z0-9]{0,6}+)(?![\\p{L}\\p{N}_]|[.-]\\p{L}\\p{L})(?:\\(\\))?+");
  private static final BoundedPattern PATH =
      BoundedPattern.of("[~.]{0,2}+(?:/[\\p{L}\\p{N}_.@-]{1,60}+){1,10}+/?");
  private static final BoundedPattern HIDDEN =
      BoundedPattern.of("\\.(?<name>\\p{Ll}[\\p{Ll}\\p{N}_.-]{1,20}+)(?![\\p{L}\\p{N}])");

  private static final Predicate<String> INITIALS =
      Pattern.compile("[\\p{L}\\p{N}](?:\\.\\p{L})*").asMatchPredicate();

  private final Letters letters;
  private final Map<String, String> ends = Tables.read("web.txt").section("files");

  FileRule(English english) {
    this.letters = english.letters();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (c == '/' || c == '.' || c == '~') {
      char before = text.peek(at - 1);
      boolean free = before == 0 || Cursor.isBlank(before) || "(\"'`“‘*".indexOf(before) >= 0;
      return free ? path(text, at) : Optional.empty();
    }
    return Character.isLetterOrDigit(c)
        ? FILE.at(text, at).flatMap(m -> file(text, m))
        : Optional.empty();
  }

  /// Whether two letters are those of an acronym: `D.C`, `d.c.`
  private static boolean isAcronym(Cursor text, MatchResult match) {
    String stem = match.group("stem");
    String end = match.group("end");
    boolean letters =
        end.length() == 1 && INITIALS.test(stem) && Character.isLetter(stem.charAt(0));
    boolean capitals =
        Character.isUpperCase(stem.charAt(0)) && Character.isUpperCase(end.charAt(0));
    return letters && (capitals || text.peek(match.end()) == '.');
  }

  private Optional<Verbalization> file(Cursor text, MatchResult match) {
    String end = match.group("end");
    String said = ends.get(end.toLowerCase(Locale.ROOT));
    boolean ordinary =
        said != null && match.group("stem").chars().anyMatch(Character::isLetterOrDigit);
    return ordinary && !isAcronym(text, match)
        ? Optional.of(
            Verbalization.of(match.end(), letters.name(match.group("stem")) + " dot " + said))
        : Optional.empty();
  }

  private Optional<Verbalization> path(Cursor text, int at) {
    return HIDDEN
        .at(text, at)
        .map(m -> Verbalization.of(m.end(), "dot " + letters.name(m.group("name"))))
        .or(() -> PATH.at(text, at).filter(m -> hasLetter(m.group())).map(this::path));
  }

  private static boolean hasLetter(String path) {
    return path.chars().anyMatch(Character::isLetter);
  }

  private Verbalization path(MatchResult match) {
    String path = match.group();
    int end = path.length();
    while (end > 1 && "./-".indexOf(path.charAt(end - 1)) >= 0 && path.charAt(end - 1) != '/') {
      end--;
    }
    String said = path.substring(0, end);
    String bare = said.endsWith("/") ? said.substring(0, said.length() - 1) : said;
    int stop = bare.lastIndexOf('.');
    String known = stop > 1 ? ends.get(bare.substring(stop + 1).toLowerCase(Locale.ROOT)) : null;
    String words =
        known == null
            ? letters.name(bare)
            : letters.name(bare.substring(0, stop)) + " dot " + known;
    return Verbalization.of(match.start() + end, words);
  }
}
