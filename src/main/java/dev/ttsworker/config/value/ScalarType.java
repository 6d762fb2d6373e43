package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Redaction;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Scalar type: a value of a single word.
///
/// @param style how it must be written in the file
/// @param parse empty when the text is not allowed
/// @param complaint what a message says of a text that is not allowed, the text included
/// @param hint what follows "allowed: …" for such a text, such as a near match; may be empty
public record ScalarType<T>(
    String allowed,
    Style style,
    Function<String, Optional<T>> parse,
    Function<YamlNode.Scalar, String> complaint,
    Function<String, String> hint)
    implements ValueType<T> {

  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9_]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]{1,17}(?:\\.[0-9]{0,17})?(?:[eE][-+]?[0-9]{1,3})?");
  private static final Pattern ANY_WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
  private static final List<String> YES = List.of("true", "yes", "on", "1");
  private static final List<String> NO = List.of("false", "no", "off", "0");

  @Override
  public T read(YamlNode raw) throws NotAllowed {
    if (!(raw instanceof YamlNode.Scalar scalar)) {
      throw new NotAllowed(raw, notAllowed(raw.show()), allowed, " (a single value)");
    }
    if (scalar.style() != style && scalar.style() != Style.OPEN) {
      // What a number's or a flag's complaint takes for one is text here.
      String shown = style == Style.TEXT ? complaint.apply(scalar) : notAllowed(scalar.show());
      throw new NotAllowed(raw, shown, allowed, writtenLikeThis());
    }
    Optional<T> value = parse.apply(scalar.text());
    if (value.isEmpty()) {
      throw new NotAllowed(raw, complaint.apply(scalar), allowed, hint.apply(scalar.text()));
    }
    return value.get();
  }

  private String writtenLikeThis() {
    return switch (style) {
      case TEXT -> " (text; put numbers, yes, no, on and off in quotes)";
      case NUMBER -> " (a number, without quotes)";
      case FLAG -> " (without quotes)";
      case NOTHING, OPEN -> "";
    };
  }

  static String notAllowed(String shown) {
    return "value " + shown + " is not allowed";
  }

  private static String notAllowed(YamlNode.Scalar scalar) {
    return notAllowed(scalar.show());
  }

  private static String withoutSecret(YamlNode.Scalar scalar) {
    return notAllowed(
        new YamlNode.Scalar(scalar.origin(), Redaction.masked(scalar.text()), scalar.style()));
  }

  private static String escaped(YamlNode.Scalar scalar) {
    return notAllowed(Redaction.ascii(scalar.text()));
  }

  /// A type whose values are trimmed.
  private static <T> ScalarType<T> trimmed(
      String allowed, Style style, Function<String, Optional<T>> parse) {
    return new ScalarType<>(
        allowed, style, text -> parse.apply(text.strip()), ScalarType::notAllowed, text -> "");
  }

  private ScalarType<T> complaining(Function<YamlNode.Scalar, String> words) {
    return new ScalarType<>(allowed, style, parse, words, hint);
  }

  private ScalarType<T> hinting(Function<String, String> words) {
    return new ScalarType<>(allowed, style, parse, complaint, words);
  }

  /// True or false, also as yes, no, on, off, 1 and 0.
  public static ScalarType<Boolean> flag() {
    return trimmed("true, false", Style.FLAG, ScalarType::parseFlag)
        .hinting(text -> NearMatch.question(text, List.of("true", "false"), Map.of()));
  }

  /// A whole number within these limits, both included.
  public static ScalarType<Integer> whole(int least, int most) {
    return number(
        least == most ? least + " only" : least + ".." + most,
        ANY_WHOLE,
        text -> between(text, least, most));
  }

  /// A port to listen on; 0 lets the system choose, and those that need privileges are refused.
  public static ScalarType<Integer> port() {
    return wholeOrZero(1024, 65_535);
  }

  /// A whole number within these limits, both included, or 0.
  public static ScalarType<Integer> wholeOrZero(int least, int most) {
    return number(
        "0 or " + least + ".." + most,
        ANY_WHOLE,
        text -> between(text, 0, most).filter(value -> value == 0 || value >= least));
  }

  /// A decimal number within these limits, both included.
  public static ScalarType<Double> decimal(double least, double most) {
    return number(
        least + ".." + most,
        DECIMAL,
        text -> {
          OptionalDouble value = parseDecimal(text);
          return value.isPresent() && value.getAsDouble() >= least && value.getAsDouble() <= most
              ? Optional.of(value.getAsDouble())
              : Optional.empty();
        });
  }

  /// @param form what is a number, if one out of range
  private static <T> ScalarType<T> number(
      String allowed, Pattern form, Function<String, Optional<T>> parse) {
    return trimmed(allowed, Style.NUMBER, parse)
        .complaining(scalar -> {
          String text = scalar.text().strip();
          return form.matcher(text).matches()
              ? Redaction.plain(text) + " is out of range"
              : notAllowed(scalar);
        });
  }

  /// Text with a length between two limits, both included.
  public static ScalarType<String> text(int shortest, int longest) {
    return text(
        shortest + ".." + longest + " characters",
        text -> text.length() >= shortest && text.length() <= longest);
  }

  /// Text that `good` accepts.
  public static ScalarType<String> text(String allowed, Predicate<String> good) {
    return parsed(allowed, text -> Optional.of(text).filter(good));
  }

  /// Text with a meaning.
  ///
  /// @param parse empty when the text is not allowed
  public static <T> ScalarType<T> parsed(String allowed, Function<String, Optional<T>> parse) {
    return trimmed(allowed, Style.TEXT, parse);
  }

  /// As [#parsed], for a value whose passwords no message may show.
  public static <T> ScalarType<T> secret(String allowed, Function<String, Optional<T>> parse) {
    return parsed(allowed, parse).complaining(ScalarType::withoutSecret);
  }

  /// An id of ASCII letters, digits, `.`, `_` and `-` that begins with a letter or digit; capitals
  /// become small letters. Of what stands around it only spaces are left out, and messages show
  /// escaped what cannot be seen or looks like something else.
  ///
  /// @param longest characters
  public static ScalarType<String> id(String allowed, int longest) {
    Pattern form = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (longest - 1) + "}");
    return new ScalarType<>(
        allowed,
        Style.TEXT,
        text ->
            Optional.of(withoutSpaces(text))
                .filter(form.asMatchPredicate())
                .map(id -> id.toLowerCase(Locale.ROOT)),
        ScalarType::escaped,
        text -> "");
  }

  /// The text without the spaces around it; other white space stays.
  static String withoutSpaces(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  /// One of the constants by name, in any case.
  public static <E extends Enum<E>> ScalarType<E> choice(
      Class<E> type, Function<String, String> spelling) {
    return choice(type, spelling, Map.of());
  }

  /// As [#choice(Class, Function)].
  ///
  /// @param meanings other words for the constants, in small letters, to what a message proposes
  ///   for them
  public static <E extends Enum<E>> ScalarType<E> choice(
      Class<E> type, Function<String, String> spelling, Map<String, String> meanings) {
    E[] constants = type.getEnumConstants();
    List<String> words = Arrays.stream(constants).map(each -> spelling.apply(each.name())).toList();
    return parsed(
            String.join(", ", words),
            text ->
                Arrays.stream(constants)
                    .filter(each -> each.name().equalsIgnoreCase(text))
                    .findFirst())
        .hinting(text -> NearMatch.question(text, words, meanings));
  }

  private static Optional<Boolean> parseFlag(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Integer> between(String text, int least, int most) {
    OptionalLong value = parseWhole(text);
    return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
        ? Optional.of((int) value.getAsLong())
        : Optional.empty();
  }

  /// Plain decimal digits only: YAML's octal and base-60 numbers surprise those who write them.
  private static OptionalLong parseWhole(String text) {
    return WHOLE.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text.replace("_", "")))
        : OptionalLong.empty();
  }

  private static OptionalDouble parseDecimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
