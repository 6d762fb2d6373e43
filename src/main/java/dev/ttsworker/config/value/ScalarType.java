package dev.ttsworker.config.value;

import dev.ttsworker.yaml.Raw;
import dev.ttsworker.yaml.Raw.Style;
import dev.ttsworker.yaml.Shown;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A value of a single word.
///
/// @param style how it must be written in the file
/// @param parse empty when the text is not allowed
/// @param words the allowed words where they are few, for near matches
/// @param secret whether the text may hold a password
public record ScalarType<T>(
    String allowed,
    Style style,
    Function<String, Optional<T>> parse,
    List<String> words,
    boolean secret)
    implements ValueType<T> {

  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9_]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]{1,17}(?:\\.[0-9]{0,17})?(?:[eE][-+]?[0-9]{1,3})?");
  private static final List<String> YES = List.of("true", "yes", "on", "1");
  private static final List<String> NO = List.of("false", "no", "off", "0");

  @Override
  public T read(Raw raw) throws NotAllowed {
    if (!(raw instanceof Raw.Scalar scalar)) {
      throw new NotAllowed(raw, raw.show(), allowed, " (a single value)");
    }
    String shown = shown(scalar);
    if (scalar.style() != style && scalar.style() != Style.OPEN) {
      throw new NotAllowed(raw, shown, allowed, writtenLikeThis());
    }
    Optional<T> value = parse.apply(scalar.text().strip());
    if (value.isEmpty()) {
      throw new NotAllowed(raw, shown, allowed, NearMatch.question(scalar.text(), words));
    }
    return value.get();
  }

  private String shown(Raw.Scalar scalar) {
    return secret
        ? new Raw.Scalar(scalar.origin(), Shown.masked(scalar.text()), scalar.style()).show()
        : scalar.show();
  }

  private String writtenLikeThis() {
    return switch (style) {
      case TEXT -> " (text; put numbers, yes, no, on and off in quotes)";
      case NUMBER -> " (a number, without quotes)";
      case FLAG -> " (without quotes)";
      case NOTHING, OPEN -> "";
    };
  }

  private static <T> ScalarType<T> of(
      String allowed, Style style, Function<String, Optional<T>> parse, List<String> words) {
    return new ScalarType<>(allowed, style, parse, words, false);
  }

  /// True or false, also as yes, no, on, off, 1 and 0.
  public static ScalarType<Boolean> flag() {
    List<String> words = List.of("true", "false");
    return of("true, false", Style.FLAG, ScalarType::parseFlag, words);
  }

  /// A whole number within these limits, both included.
  public static ScalarType<Integer> whole(int least, int most) {
    return of(
        least == most ? least + " only" : least + ".." + most,
        Style.NUMBER,
        text -> between(text, least, most),
        List.of());
  }

  /// A port to listen on; 0 lets the system choose, and those that need privileges are refused.
  public static ScalarType<Integer> port() {
    return wholeOrZero(1024, 65_535);
  }

  /// A whole number within these limits, both included, or 0.
  public static ScalarType<Integer> wholeOrZero(int least, int most) {
    return of(
        "0 or " + least + ".." + most,
        Style.NUMBER,
        text -> between(text, 0, most).filter(value -> value == 0 || value >= least),
        List.of());
  }

  /// A decimal number within these limits, both included.
  public static ScalarType<Double> decimal(double least, double most) {
    return of(
        least + ".." + most,
        Style.NUMBER,
        text -> {
          OptionalDouble value = parseDecimal(text);
          return value.isPresent() && value.getAsDouble() >= least && value.getAsDouble() <= most
              ? Optional.of(value.getAsDouble())
              : Optional.empty();
        },
        List.of());
  }

  /// Text of so many characters, both limits included.
  public static ScalarType<String> text(int shortest, int longest) {
    return text(
        shortest + ".." + longest + " characters",
        text -> text.length() >= shortest && text.length() <= longest);
  }

  /// Text that `good` accepts.
  public static ScalarType<String> text(String allowed, Predicate<String> good) {
    return of(allowed, Style.TEXT, text -> Optional.of(text).filter(good), List.of());
  }

  /// Text with a meaning.
  ///
  /// @param parse empty when the text is not allowed
  public static <T> ScalarType<T> parsed(String allowed, Function<String, Optional<T>> parse) {
    return of(allowed, Style.TEXT, parse, List.of());
  }

  /// As [#parsed], for a value whose passwords no message may show.
  public static <T> ScalarType<T> secret(String allowed, Function<String, Optional<T>> parse) {
    return new ScalarType<>(allowed, Style.TEXT, parse, List.of(), true);
  }

  /// One of the constants by name, in any case.
  public static <E extends Enum<E>> ScalarType<E> choice(
      Class<E> type, Function<String, String> spelling) {
    E[] constants = type.getEnumConstants();
    List<String> words = Arrays.stream(constants).map(each -> spelling.apply(each.name())).toList();
    return of(
        String.join(", ", words),
        Style.TEXT,
        text ->
            Arrays.stream(constants).filter(each -> each.name().equalsIgnoreCase(text)).findFirst(),
        words);
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
