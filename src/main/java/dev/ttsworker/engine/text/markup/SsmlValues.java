package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.markup.MarkupPart.Prosody;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SSML attribute values. A method returns an empty result for an unknown value.
final class SsmlValues {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  static final Duration USUAL_PAUSE = Duration.ofMillis(400);

  private static final int MILLIS_PER_SECOND = 1000;
  private static final double PERCENT = 100;
  private static final Pattern TIME =
      Pattern.compile("\\+?(?<number>\\d{1,6}(?:\\.\\d{1,3})?|\\.\\d{1,3})\\s?(?<unit>ms|s)");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<sign>[+-]?)(?<number>\\d{1,4}(?:\\.\\d{1,4})?|\\.\\d{1,4})(?<unit>%|dB)?");
  private static final Map<String, Integer> STRENGTHS =
      Map.of("none", 0, "x-weak", 100, "weak", 200, "medium", 400, "strong", 700, "x-strong", 1000);
  private static final Map<String, Double> RATES =
      Map.of(
          "x-slow", 0.6, "slow", 0.8, "medium", 1.0, "default", 1.0, "fast", 1.25, "x-fast", 1.6);
  private static final Map<String, Double> VOLUMES =
      Map.of(
          "silent",
          Prosody.QUIETEST_DB,
          "x-soft",
          -12.0,
          "soft",
          -6.0,
          "medium",
          0.0,
          "default",
          0.0,
          "loud",
          4.0,
          "x-loud",
          8.0);

  private SsmlValues() {}

  /// `500ms`, `1.5s`; at most [#LONGEST_PAUSE].
  static Optional<Duration> time(String value) {
    Matcher found = TIME.matcher(value.toLowerCase(Locale.ROOT));
    if (!found.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(found.group("number"));
    double millis = found.group("unit").equals("s") ? number * MILLIS_PER_SECOND : number;
    Duration length = Duration.ofMillis(Math.round(millis));
    return Optional.of(length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length);
  }

  /// `weak`, `x-strong` and the like.
  static Optional<Duration> strength(String value) {
    return Optional.ofNullable(STRENGTHS.get(value)).map(Duration::ofMillis);
  }

  /// `slow`, `80%`, `+10%`, `1.2`: a factor.
  static OptionalDouble rate(String value) {
    Double named = RATES.get(value.toLowerCase(Locale.ROOT));
    if (named != null) {
      return OptionalDouble.of(named);
    }
    Matcher found = NUMBER.matcher(value);
    if (!found.matches() || "dB".equals(found.group("unit"))) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(found.group("number"));
    double factor = found.group("unit") == null ? number : number / PERCENT;
    double rate =
        switch (found.group("sign")) {
          case "+" -> 1 + factor;
          case "-" -> 1 - factor;
          default -> factor;
        };
    return OptionalDouble.of(Math.clamp(rate, Prosody.SLOWEST, Prosody.FASTEST));
  }

  /// `soft`, `-6dB`: decibels to add.
  static OptionalDouble volume(String value) {
    Double named = VOLUMES.get(value.toLowerCase(Locale.ROOT));
    if (named != null) {
      return OptionalDouble.of(named);
    }
    Matcher found = NUMBER.matcher(value);
    if (!found.matches() || !"dB".equals(found.group("unit"))) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(found.group("sign") + found.group("number"));
    return OptionalDouble.of(Math.clamp(number, Prosody.QUIETEST_DB, Prosody.LOUDEST_DB));
  }

  /// Nested prosody, clamped to the allowed ranges.
  static Prosody within(Prosody outer, double rate, double volumeDb) {
    return new Prosody(
        Math.clamp(outer.rate() * rate, Prosody.SLOWEST, Prosody.FASTEST),
        Math.clamp(outer.volumeDb() + volumeDb, Prosody.QUIETEST_DB, Prosody.LOUDEST_DB));
  }

  /// The override of `interpret-as`; empty where normalization handles the text as it is, as dates,
  /// times and amounts.
  static Optional<PronunciationOverride> interpretation(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "characters", "spell-out", "verbatim", "letters" -> Optional.of(InterpretAs.SPELLED);
      case "digits" -> Optional.of(InterpretAs.DIGITS);
      case "cardinal", "number" -> Optional.of(InterpretAs.CARDINAL);
      case "ordinal" -> Optional.of(InterpretAs.ORDINAL);
      default -> Optional.empty();
    };
  }
}
