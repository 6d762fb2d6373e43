package dev.ttsworker.text.normal;

import java.util.Optional;
import java.util.Set;

/// Repeated punctuation, slashes between words, and ranges of names.
final class PunctuationRule implements Rule {
  private static final Set<String> PERIODS =
      Set.of("day", "week", "month", "year", "hour", "minute", "second", "person", "night");
  private static final Form MARKS = Form.of("[!?]{2,60}+");
  private static final Form DOTS =
      Form.of("(?:\\.{4,100}+|(?:\\. ){2,20}+\\.|(?<!\\.)\\.{2}(?!\\.)|…{2,20}+)");
  private static final Form COMMAS = Form.of("(?:,{2,20}+|;{2,20}+|:{3,20}+)");
  private static final Form DASHES =
      Form.of(" ?(?:-{2,60}+|[—–]{2,20}+) ?(?=[\\p{L}\\p{N}\"“'‘]| ?$)");
  private static final Form SLASH = Form.of("(?: / |/)(?=\\p{L})");

  @Override
  public Optional<Reading> read(Source text, int at) {
    char c = text.look(at);
    return switch (c) {
      case '!', '?' -> MARKS.at(text, at).map(m -> Reading.joined(m.end(), mark(m.group())));
      case '.', '…' -> DOTS.at(text, at).map(m -> Reading.joined(m.end(), "..."));
      case ',', ';', ':' ->
          COMMAS.at(text, at).map(m -> Reading.joined(m.end(), Character.toString(c)));
      case '-', '—', '–' ->
          DASHES
              .at(text, at)
              .filter(_ ->
                  Character.isLetterOrDigit(text.look(at - 1)) || Source.isBlank(text.look(at - 1)))
              .filter(_ -> c != '-' || !isFlag(text, at))
              .map(m -> Reading.of(m.end(), "—"));
      case '/', ' ' -> slash(text, at);
      default -> Optional.empty();
    };
  }

  private static boolean isFlag(Source text, int at) {
    return Source.isBlank(text.look(at - 1)) && Character.isLetter(text.look(at + 2));
  }

  private static String mark(String marks) {
    if (!marks.contains("?")) {
      return "!";
    }
    return marks.contains("!") ? "?!" : "?";
  }

  private static Optional<Reading> slash(Source text, int at) {
    if (!Character.isLetter(text.look(at - 1)) && text.look(at - 1) != ')') {
      return Optional.empty();
    }
    return SLASH
        .at(text, at)
        .map(m -> {
          String before = text.wordBefore(at);
          String after = text.wordAfter(m.end());
          if (before.equalsIgnoreCase("and") && after.equalsIgnoreCase("or")) {
            return Reading.of(m.end(), " ");
          }
          if (PERIODS.contains(after)) {
            return Reading.of(m.end(), "per");
          }
          boolean letters = isCapitals(before) && isCapitals(after);
          return letters ? Reading.of(m.end(), " ") : Reading.of(m.end(), "slash");
        });
  }

  private static boolean isCapitals(String word) {
    return !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(Character::isUpperCase);
  }
}
