package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.Set;

/// Text normalization of Markdown as language models write it: drops the syntax of headings,
/// emphasis, lists, quotes, links, code and tables. The text within it is normalized.
public final class MarkdownRule implements Rule {
  private static final BoundedPattern FENCE =
      BoundedPattern.of("(?:```|~~~)[\\p{L}\\p{N}+#-]{0,20}+(?=[ \u00a0]{0,3}(?:\n|\r|$))");
  private static final BoundedPattern LINE_MARK =
      BoundedPattern.of(
          "(?:#{1,6}+[ \t]|(?:>[ \t]?){1,4}|[-*+•◦▪‣●·–—][ \t]{1,3}+(?:\\[[ xX]?\\][ \t])?+|(?:[-*_=][ ]?){3,100}+(?=\n|\r|$))");
  private static final BoundedPattern TABLE_LINE =
      BoundedPattern.of(
          "\\|?[ ]?:?-{2,40}+:?[ ]?(?:\\|[ ]?:?-{2,40}+:?[ ]?){0,12}+\\|?(?=\n|\r|$)");
  private static final BoundedPattern LINK_START =
      BoundedPattern.of(
          "!?\\[(?=[^\\[\\]\n]{1,100}+\\]\\((?!/[^\\s()]{1,60}/\\))[^()\\s]{1,90}+(?: [^()]{1,60}+)?\\))");
  private static final BoundedPattern LINK_END =
      BoundedPattern.of("\\]\\((?!/[^\\s()]{1,60}/\\))[^()\\s]{1,190}+(?: [^()]{1,60}+)?\\)");
  private static final BoundedPattern FOOTNOTE =
      BoundedPattern.of("(?:\\[\\^?[1-9]\\d{0,2}\\]){1,6}+(?!\\()");
  private static final BoundedPattern NOTE =
      BoundedPattern.of(
          "(?:\\[(?:\\^?[1-9]\\d{0,2}|[a-z]|citation needed|note \\d{1,2})\\]){1,6}+(?!\\()");

  /// After a blank, brackets before a full stop are footnote references: "It works [1][2]."
  private static final BoundedPattern SPACED_NOTE =
      BoundedPattern.of("(?:\\[[1-9]\\d{0,2}\\](?:, ?)?){1,6}+(?=[.,;!?])");

  private static final Set<String> CITING =
      Set.of(
          ("see in and or from to of by source sources ref reference step option item number equation"
                  + " figure section page chapter line note press choose use as per is are be at with")
              .split(" ", -1));
  private static final BoundedPattern NOTES =
      BoundedPattern.of("[¹²³⁰⁴-⁹]{1,3}+(?![\\p{L}\\p{N}⁻])");

  private static final int LONG_WORD = 4;

  /// With these, a superscript is a power: "sinh² x".
  private static final Set<String> FUNCTIONS = Set.of("sinh", "cosh", "tanh");

  private static final BoundedPattern STARS = BoundedPattern.of("\\*{1,3}+");
  private static final BoundedPattern LINES = BoundedPattern.of("_{1,3}+|~~");

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (Character.isLetter(c) || Character.isDigit(c)) {
      return Optional.empty();
    }
    if (c >= '\u00b2' && isNote(text, at)) {
      return drop(NOTES, text, at);
    }
    Optional<Verbalization> found =
        switch (c) {
          case '*' -> lineMark(text, at).or(() -> stars(text, at));
          case '_', '~' -> fence(text, at).or(() -> lineMark(text, at)).or(() -> lines(text, at));
          case '`' -> fence(text, at).or(() -> Optional.of(Verbalization.dropped(at + 1)));
          case '[', '!' -> drop(LINK_START, text, at).or(() -> footnote(text, at));
          case ']' -> drop(LINK_END, text, at);
          case '|' -> tableLine(text, at).or(() -> cell(text, at));
          default -> Optional.empty();
        };
    return found.or(() -> tableLine(text, at)).or(() -> lineMark(text, at));
  }

  /// Whether superscript digits are a footnote reference: after a full stop, or after a long word.
  private static boolean isNote(Cursor text, int at) {
    char before = text.peek(at - 1);
    boolean stop = before != 0 && ".!?,;”\"".indexOf(before) >= 0;
    boolean word =
        Character.isLowerCase(before)
            && text.wordBefore(at).chars().filter(Character::isLetter).count() >= LONG_WORD
            && !FUNCTIONS.contains(text.wordBefore(at));
    return stop || word;
  }

  private static Optional<Verbalization> drop(BoundedPattern form, Cursor text, int at) {
    return form.at(text, at).map(m -> Verbalization.dropped(m.end()));
  }

  private static Optional<Verbalization> fence(Cursor text, int at) {
    return text.isLineStart(at) ? drop(FENCE, text, at) : Optional.empty();
  }

  private static Optional<Verbalization> tableLine(Cursor text, int at) {
    char c = text.peek(at);
    return (c == '|' || c == '-' || c == ':') && text.isLineStart(at)
        ? drop(TABLE_LINE, text, at)
        : Optional.empty();
  }

  private static Optional<Verbalization> lineMark(Cursor text, int at) {
    return text.isLineStart(at) ? drop(LINE_MARK, text, at) : Optional.empty();
  }

  private static Optional<Verbalization> footnote(Cursor text, int at) {
    char before = text.peek(at - 1);
    if (before == ' ') {
      String word = text.wordBefore(at);
      boolean plain = word.length() > 1 && Character.isLowerCase(word.charAt(0));
      return plain && !CITING.contains(word) ? drop(SPACED_NOTE, text, at) : Optional.empty();
    }
    boolean behind =
        Character.isLetterOrDigit(before) || (before != 0 && ".!?,;:\"”’')".indexOf(before) >= 0);
    return behind
        ? drop(Character.isLetterOrDigit(before) ? FOOTNOTE : NOTE, text, at)
        : Optional.empty();
  }

  /// Stars that touch a word on one side; those between digits multiply.
  private static Optional<Verbalization> stars(Cursor text, int at) {
    return STARS
        .at(text, at)
        .flatMap(m -> {
          char before = text.peek(at - 1);
          char after = text.peek(m.end());
          boolean figures = Character.isDigit(before) && Character.isDigit(after);
          boolean free = isFree(before) && isFree(after);
          return figures || free ? Optional.empty() : Optional.of(Verbalization.dropped(m.end()));
        });
  }

  /// Underscores and tildes that open or close emphasis; not those within a name.
  private static Optional<Verbalization> lines(Cursor text, int at) {
    return LINES
        .at(text, at)
        .flatMap(m -> {
          boolean within =
              Character.isLetterOrDigit(text.peek(at - 1))
                  && Character.isLetterOrDigit(text.peek(m.end()));
          boolean free = isFree(text.peek(at - 1)) && isFree(text.peek(m.end()));
          return within || free ? Optional.empty() : Optional.of(Verbalization.dropped(m.end()));
        });
  }

  private static boolean isFree(char c) {
    return c == 0 || Cursor.isBlank(c);
  }

  private static Optional<Verbalization> cell(Cursor text, int at) {
    if (text.peek(at + 1) == '|' || text.peek(at - 1) == '|') {
      return Optional.empty();
    }
    char next = text.peek(text.afterBlanks(at + 1));
    boolean edge = text.isLineStart(at) || next == 0 || next == '\n' || text.peek(at + 1) == '\n';
    return Optional.of(edge ? Verbalization.dropped(at + 1) : Verbalization.of(at + 1, ","));
  }
}
