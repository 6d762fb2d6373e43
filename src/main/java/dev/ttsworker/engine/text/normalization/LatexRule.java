package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Text normalization of LaTeX: formulas, `$n^2$`, `\(a + b\)`, `\[x = \frac{1}{2}\]`, and single
/// commands, `\alpha`. Text between two dollar signs is money unless it resembles mathematics.
final class LatexRule implements Rule {
  private static final int LONGEST = 190;
  private static final BoundedPattern COMMAND = BoundedPattern.of("\\\\(?<name>[A-Za-z]{1,16}+)");

  /// Syntax that only formulas have, or a single variable.
  private static final Pattern MATHEMATICS =
      Pattern.compile("(?s).*[\\\\^_=].*|\\(?[A-Za-z]'?(?:\\([a-z]\\))?\\)?");

  /// Sums and products of short names and numbers.
  private static final Pattern SUM =
      Pattern.compile("(?:[A-Za-z]{1,2}|\\d{1,9}|[ +*/<>().,|!-]){2,60}+");

  private static final Pattern WORDS = Pattern.compile("\\p{L}{3,}+ \\p{L}{2,}");

  private final UnaryOperator<String> verbalize;
  private final Latex latex = new Latex();

  /// @param verbalize normalizes a plain formula
  LatexRule(UnaryOperator<String> verbalize) {
    this.verbalize = verbalize;
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return switch (text.peek(at)) {
      case '$' -> dollars(text, at);
      case '\\' -> bracketed(text, at).or(() -> command(text, at));
      default -> Optional.empty();
    };
  }

  private Optional<Verbalization> dollars(Cursor text, int at) {
    String sign = text.peek(at + 1) == '$' ? "$$" : "$";
    int start = at + sign.length();
    int end = find(text, start, sign);
    if (end < 0 || Character.isLetterOrDigit(text.peek(at - 1))) {
      return Optional.empty();
    }
    String inner = text.subSequence(start, end).toString();
    boolean display = sign.length() == 2;
    boolean tight =
        !Cursor.isBlank(inner.charAt(0)) && !Cursor.isBlank(inner.charAt(inner.length() - 1));
    boolean free = !Character.isLetterOrDigit(text.peek(end + sign.length()));
    return display || (tight && free && isMathematics(inner))
        ? Optional.of(reading(inner, end + sign.length()))
        : Optional.empty();
  }

  private static boolean isMathematics(String inner) {
    boolean letters = inner.chars().anyMatch(Character::isLetter);
    boolean sum = letters && SUM.matcher(inner).matches();
    boolean commands = inner.indexOf('\\') >= 0;
    return (sum || MATHEMATICS.matcher(inner).matches())
        && (commands || !WORDS.matcher(inner).find());
  }

  private Optional<Verbalization> bracketed(Cursor text, int at) {
    char open = text.peek(at + 1);
    if (open != '(' && open != '[') {
      return Optional.empty();
    }
    int end = find(text, at + 2, open == '(' ? "\\)" : "\\]");
    return end < 0
        ? Optional.empty()
        : Optional.of(reading(text.subSequence(at + 2, end).toString(), end + 2));
  }

  /// A command outside of a formula, with its arguments.
  private Optional<Verbalization> command(Cursor text, int at) {
    return COMMAND
        .at(text, at)
        .filter(m -> latex.knows(m.group("name")))
        .map(m -> {
          int end = m.end();
          while (text.peek(end) == '{' || (text.peek(end) == '[' && end == m.end())) {
            int close = closing(text, end);
            if (close < 0) {
              break;
            }
            end = close + 1;
          }
          return reading(text.subSequence(at, end).toString(), end);
        });
  }

  private Verbalization reading(String formula, int end) {
    String words = verbalize.apply(latex.plain(formula)).strip();
    return words.isEmpty() ? Verbalization.dropped(end) : Verbalization.of(end, words);
  }

  /// The next index of the sign, with something before it; negative where it is not near.
  private static int find(Cursor text, int start, String sign) {
    int last = Math.min(text.length() - sign.length(), start + LONGEST);
    for (int i = start; i <= last; i++) {
      boolean found = text.peek(i) == sign.charAt(0);
      if (found && (sign.length() == 1 || text.peek(i + 1) == sign.charAt(1))) {
        return i > start ? i : -1;
      }
      if (text.peek(i) == '\n' && sign.equals("$")) {
        return -1;
      }
    }
    return -1;
  }

  private static int closing(Cursor text, int open) {
    char opener = text.peek(open);
    char closer = opener == '{' ? '}' : ']';
    int depth = 0;
    for (int i = open; i < Math.min(text.length(), open + LONGEST); i++) {
      char c = text.peek(i);
      depth += c == opener ? 1 : c == closer ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
