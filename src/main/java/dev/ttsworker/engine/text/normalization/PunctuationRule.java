package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.Set;

/// Text normalization of punctuation: repeated marks, slashes between words, and ranges of names.
final class PunctuationRule implements Rule {
  private static final Set<String> PERIODS =
      Set.of("day", "week", "month", "year", "hour", "minute", "second", "person", "night");
  private static final BoundedPattern MARKS = BoundedPattern.of("[!?]{2,60}+");
  private static final BoundedPattern DOTS =
      BoundedPattern.of(
          "(?:\\.{3,100}+|\\.(?:[ \u00a0]\\.){1,20}+|(?<!\\.)\\.{2}(?!\\.)|…{2,20}+)");
  private static final BoundedPattern SUSPENSION = BoundedPattern.of("…(?=[\\p{L}\\p{N}])");
  private static final BoundedPattern LONE_STOP = BoundedPattern.of("\\.(?=[ \u00a0\n]|$)");
  private static final BoundedPattern GLUED = BoundedPattern.of("[!?,;](?=\\p{L}{2})");
  private static final BoundedPattern COMMAS = BoundedPattern.of("(?:,{2,20}+|;{2,20}+|:{3,20}+)");
  private static final BoundedPattern DASHES =
      BoundedPattern.of(" ?(?:-{2,60}+|[—–]{2,20}+) ?(?=[\\p{L}\\p{N}\"“'‘]| ?$)");
  private static final BoundedPattern DASH =
      BoundedPattern.of("[ \u00a0]?[-—–―─‒⸺⸻][ \u00a0]?(?=[\\p{L}\\p{N}\"“'‘”’)*_(]|$)");
  private static final Optional<java.util.regex.MatchResult> NONE = Optional.empty();
  private static final String CLOSERS = "\"'”’»)]*_%°";
  private static final Set<String> CLAUSE_STARTS =
      Set.of(
          ("and but or so yet nor the a an he she it they we you i this that these those then which"
                  + " who what when where how why because although if my your his her our their not"
                  + " even just only is was are were as in for")
              .split(" ", -1));
  private static final BoundedPattern PLURAL = BoundedPattern.of("\\((?<end>e?s)\\)");
  private static final BoundedPattern SLASH = BoundedPattern.of("(?: / |/)(?=\\p{L})");

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    return switch (c) {
      case '!', '?' ->
          MARKS
              .at(text, at)
              .map(m -> Verbalization.joined(m.end(), mark(m.group())))
              .or(() -> glued(text, at));
      case '.' ->
          DOTS.at(text, at)
              .map(m -> Verbalization.joined(m.end(), "..."))
              .or(() -> loneStop(text, at));
      case '…' ->
          DOTS.at(text, at)
              .map(m -> Verbalization.joined(m.end(), "..."))
              .or(() -> SUSPENSION.at(text, at).map(m -> Verbalization.joined(m.end(), "…")));
      case ',', ';', ':' ->
          COMMAS
              .at(text, at)
              .map(m -> Verbalization.joined(m.end(), Character.toString(c)))
              .or(() -> glued(text, at));
      case '-', '—', '–', '―', '─', '‒', '⸺', '⸻' -> dash(text, at);
      case ' ', '\u00a0' -> slash(text, at).or(() -> dash(text, at));
      case '/' -> slash(text, at);
      case '(' -> plural(text, at);
      default -> Optional.empty();
    };
  }

  private static Optional<Verbalization> dash(Cursor text, int at) {
    char before = text.peek(at - 1);
    boolean first = Character.isLetterOrDigit(before) || CLOSERS.indexOf(before) >= 0;
    boolean blank = Cursor.isBlank(text.peek(at));
    char sign = text.peek(blank ? at + 1 : at);
    if (before == 0 || "-—–―─‒⸺⸻".indexOf(sign) < 0 || sign == 0) {
      return Optional.empty();
    }
    return (first ? DASH.at(text, at).filter(m -> isPause(text, at, m.end(), sign)) : NONE)
        .or(() ->
            DASHES
                .at(text, at)
                .filter(_ -> !blank && (first || Cursor.isBlank(before)))
                .filter(_ -> sign != '-' || !isFlag(text, at)))
        .map(m -> Verbalization.of(m.end(), "\"'".indexOf(before) >= 0 ? " —" : "—"));
  }

  /// Whether a single dash separates clauses: a long one, a hyphen between blanks, or a dash before
  /// a word that begins a clause; not those of ranges and compounds.
  private static boolean isPause(Cursor text, int at, int end, char sign) {
    boolean spaced = Cursor.isBlank(text.peek(at)) && Cursor.isBlank(text.peek(end - 1));
    boolean letters =
        Character.isLetter(text.peek(end))
            && text.isWordEnd(end + 1)
            && Character.isLetter(text.peek(at - 1))
            && text.isWordStart(at - 1);
    return switch (sign) {
      case '-' -> spaced && !letters;
      case '–', '‒' -> !spaced && CLAUSE_STARTS.contains(text.wordAfter(end));
      default -> true;
    };
  }

  /// Punctuation between two words, without a blank.
  private static Optional<Verbalization> glued(Cursor text, int at) {
    boolean word = Character.isLetter(text.peek(at - 1)) && Character.isLetter(text.peek(at - 2));
    return word
        ? GLUED.at(text, at).map(m -> Verbalization.joined(m.end(), m.group()))
        : Optional.empty();
  }

  /// A full stop after a blank.
  private static Optional<Verbalization> loneStop(Cursor text, int at) {
    return Cursor.isBlank(text.peek(at - 1)) && Character.isLetterOrDigit(text.peek(at - 2))
        ? LONE_STOP.at(text, at).map(m -> Verbalization.joined(m.end(), "."))
        : Optional.empty();
  }

  /// `item(s)`.
  private static Optional<Verbalization> plural(Cursor text, int at) {
    return Character.isLowerCase(text.peek(at - 1))
        ? PLURAL.at(text, at).map(m -> Verbalization.joined(m.end(), m.group("end")))
        : Optional.empty();
  }

  private static boolean isFlag(Cursor text, int at) {
    return Cursor.isBlank(text.peek(at - 1)) && Character.isLetter(text.peek(at + 2));
  }

  private static String mark(String marks) {
    if (!marks.contains("?")) {
      return "!";
    }
    return marks.contains("!") ? "?!" : "?";
  }

  private static Optional<Verbalization> slash(Cursor text, int at) {
    if (!Character.isLetter(text.peek(at - 1)) && text.peek(at - 1) != ')') {
      return Optional.empty();
    }
    return SLASH
        .at(text, at)
        .map(m -> {
          String before = text.wordBefore(at);
          String after = text.wordAfter(m.end());
          if (before.equalsIgnoreCase("and") && after.equalsIgnoreCase("or")) {
            return Verbalization.of(m.end(), " ");
          }
          if (PERIODS.contains(after)) {
            return Verbalization.of(m.end(), "per");
          }
          boolean letters = isCapitals(before) && isCapitals(after);
          return letters ? Verbalization.of(m.end(), " ") : Verbalization.of(m.end(), "slash");
        });
  }

  private static boolean isCapitals(String word) {
    return !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(Character::isUpperCase);
  }
}
