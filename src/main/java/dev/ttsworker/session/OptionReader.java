package dev.ttsworker.session;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parser of the `options` of StartSession. Unknown keys and values out of range are rejected with
/// key, value and what is allowed.
final class OptionReader {
  private static final List<String> KEYS =
      List.of(
          "cache",
          "emoji",
          "language",
          "lexicon",
          "markup",
          "max_lead_ms",
          "noise_scale",
          "noise_w",
          "normalize",
          "sample_rate",
          "seed",
          "speaker",
          "speed",
          "volume_db",
          "words");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
  private static final int MAX_SHOWN_CHARS = 60;
  private static final int MAX_LEXICON_CHARS = 20_000;

  private final Map<String, String> options;

  private OptionReader(Map<String, String> options) {
    this.options = options;
  }

  static boolean isKey(String name) {
    return KEYS.contains(name);
  }

  /// Parses options for a voice.
  ///
  /// @param defaultMaxLead used when the caller does not choose
  /// @param text default text options; its lexicon includes the caller's own entries already
  /// @throws WorkerException `INVALID_FIELD`
  static SessionOptions read(
      Map<String, String> options,
      VoiceDescription voice,
      Duration defaultMaxLead,
      TextOptions text) {
    OptionReader reader = new OptionReader(options);
    reader.refuseUnknownKeys();
    SpeakerOption speaker = SpeakerOption.read(reader.text("speaker"), voice);
    reader.checkLanguage(voice.languages(speaker.number().orElse(0)));
    return new SessionOptions(
        new VoiceSettings(
            reader
                .number("speed", VoiceSettings.SLOWEST, VoiceSettings.FASTEST)
                .orElse(VoiceSettings.DEFAULTS.speed()),
            speaker.number(),
            reader.number("noise_scale", 0, 2),
            reader.number("noise_w", 0, 2),
            text.pauses(),
            speaker.blend()),
        reader.number("volume_db", -60, 12).orElse(0),
        reader.seed(),
        reader.maxLead().orElse(defaultMaxLead),
        new TextOptions(
            reader.choice("normalize", "on", "off", text.normalized()),
            reader.choice("emoji", "say", "drop", text.emojiSaid()),
            reader.choice("markup", "on", "off", text.markup()),
            text.lexicon(),
            text.pauses()),
        reader.words(),
        reader.choice("cache", "on", "off", true),
        reader.format());
  }

  private AudioFormat format() {
    return parsed(
            "sample_rate",
            text -> Integer.parseInt(plain(text, WHOLE)),
            AudioFormat.RATES_HZ::contains,
            AudioFormat.allowedRates())
        .map(rate -> new AudioFormat(rate, AudioEncoding.PCM_S16LE))
        .orElse(AudioFormat.DEFAULT);
  }

  private void refuseUnknownKeys() {
    for (String key : new TreeSet<>(options.keySet())) {
      if (!KEYS.contains(key)) {
        throw invalid(
            "options has an unknown key \""
                + shown(key)
                + "\"; allowed: "
                + String.join(", ", KEYS));
      }
    }
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(options.get(key)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private OptionalDouble number(String key, double least, double most) {
    Optional<Double> value =
        parsed(
            key,
            text -> Double.parseDouble(plain(text, NUMBER)),
            parsed -> parsed >= least && parsed <= most,
            least + " to " + most);
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private OptionalLong whole(String key, long least, long most, String allowed) {
    Optional<Long> value =
        parsed(
            key,
            text -> Long.parseLong(plain(text, WHOLE)),
            parsed -> parsed >= least && parsed <= most,
            allowed);
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /// Accepts plain decimal notation only: Java's parser would also accept its own literals and the
  /// digits of any script.
  ///
  /// @throws NumberFormatException for any other notation
  private static String plain(String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new NumberFormatException("Not a plain decimal number");
    }
    return text;
  }

  /// The value of a key; empty when it is absent.
  private <T> Optional<T> parsed(
      String key, Function<String, T> parser, Predicate<T> inRange, String allowed) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      T value = parser.apply(text.get());
      if (inRange.test(value)) {
        return Optional.of(value);
      }
    } catch (NumberFormatException notANumber) {
      throw refused(key, text.get(), allowed, notANumber);
    }
    throw refused(key, text.get(), allowed, null);
  }

  private OptionalLong seed() {
    return whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits");
  }

  private boolean choice(String key, String yes, String no, boolean byDefault) {
    String value = text(key).orElse(byDefault ? yes : no).toLowerCase(Locale.ROOT);
    if (!value.equals(yes) && !value.equals(no)) {
      throw refused(key, value, yes + ", " + no, null);
    }
    return value.equals(yes);
  }

  /// Parses the option `lexicon`.
  ///
  /// @throws WorkerException `INVALID_FIELD`
  static Lexicon lexicon(String entries) {
    if (entries.length() > MAX_LEXICON_CHARS) {
      throw invalid(
          "options.lexicon has %d characters; allowed: at most %d"
              .formatted(entries.length(), MAX_LEXICON_CHARS));
    }
    return LexiconReader.text(entries, "options.lexicon");
  }

  private Optional<Duration> maxLead() {
    OptionalLong millis = whole("max_lead_ms", 100, 600_000, "100 to 600000");
    return millis.isPresent()
        ? Optional.of(Duration.ofMillis(millis.getAsLong()))
        : Optional.empty();
  }

  private WordDetail words() {
    String value = text("words").orElse("on");
    return switch (value) {
      case "on" -> WordDetail.WORDS;
      case "off" -> WordDetail.NOTHING;
      case "phonemes" -> WordDetail.PHONEMES;
      default -> throw refused("words", value, "on, off, phonemes", null);
    };
  }

  /// @param languages of the speaker that was chosen
  private void checkLanguage(List<String> languages) {
    Optional<String> requested = text("language");
    if (requested.isPresent() && languages.stream().noneMatch(l -> speaks(l, requested.get()))) {
      throw refused("language", requested.get(), String.join(", ", languages), null);
    }
  }

  /// `en` matches an `en-US` voice, and so does `en_us`; `en-GB` does not.
  private static boolean speaks(String voiceLanguage, String requested) {
    String have = voiceLanguage.toLowerCase(Locale.ROOT).replace('_', '-');
    String want = requested.toLowerCase(Locale.ROOT).replace('_', '-');
    return have.equals(want) || have.startsWith(want + "-");
  }

  static WorkerException refused(
      String key, String value, String allowed, @Nullable Throwable cause) {
    return new WorkerException(
        ErrorCode.INVALID_FIELD,
        "options." + key + " is \"" + shown(value) + "\"; allowed: " + allowed,
        cause);
  }

  private static WorkerException invalid(String message) {
    return new WorkerException(ErrorCode.INVALID_FIELD, message);
  }

  private static String shown(String value) {
    return value.length() > MAX_SHOWN_CHARS ? value.substring(0, MAX_SHOWN_CHARS) + "…" : value;
  }
}
