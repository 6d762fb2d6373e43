package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/// Text normalization of emoji and emoticons: dropped, or verbalized by their Unicode names.
public final class EmojiRule implements Rule {
  private static final int MOST_CODE_POINTS = 24;
  private static final int FIRST_PICTOGRAPH = 0x2600;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int JOINER = 0x200D;
  private static final int KEYCAP = 0x20E3;
  private static final int REGIONAL_A = 0x1F1E6;
  private static final int REGIONAL_Z = 0x1F1FF;
  private static final int FIRST_TAG = 0xE0020;
  private static final int LAST_TAG = 0xE007F;
  private static final BoundedPattern SMILEY =
      BoundedPattern.of(
          "(?:[:;=]['’]?-?(?:[()DPpOo|/\\\\*\\]\\[]{1,2}|3)|<3|</3|[xX]D|\\^_?\\^|¯\\\\_\\(ツ\\)_/¯)(?=[\\s.,!?]|$)");

  /// Chat codes: `:smile:`, `<:blob:123>`, `<@123>`.
  private static final BoundedPattern CODE =
      BoundedPattern.of(
          ":(?<name>[a-z][a-z0-9_+-]{1,30}+|[+-]1|100):(?![\\p{L}\\p{N}])"
              + "|<a?:(?<custom>\\w{2,32}+):\\d{1,20}+>|<[@#][!&]?\\d{5,20}+>");

  private static final BoundedPattern KEYCAP_DIGIT =
      BoundedPattern.of("(?<digit>\\d)\uFE0F?\u20E3");

  private final UnaryOperator<String> numbers;
  private final boolean said;

  EmojiRule(English english, Normalizers.Emoji emoji) {
    this(english.numbers()::written, emoji == Normalizers.Emoji.SAY);
  }

  private EmojiRule(UnaryOperator<String> numbers, boolean said) {
    this.numbers = numbers;
    this.said = said;
  }

  /// A rule that drops emoji: their names are known in English only.
  ///
  /// @param numbers the words of a digit
  public static EmojiRule dropping(UnaryOperator<String> numbers) {
    return new EmojiRule(numbers, false);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (Character.isDigit(c)) {
      return KEYCAP_DIGIT
          .at(text, at)
          .map(m -> Verbalization.of(m.end(), numbers.apply(m.group("digit"))));
    }
    char before = text.peek(at - 1);
    if ((c == ':' || c == '<') && !Character.isLetterOrDigit(before)) {
      Optional<Verbalization> code = CODE.at(text, at).map(this::code);
      if (code.isPresent()) {
        return code;
      }
    }
    if ((before == 0 || Cursor.isBlank(before)) && c < FIRST_PICTOGRAPH) {
      Optional<Verbalization> smiley = SMILEY.at(text, at).map(m -> Verbalization.dropped(m.end()));
      if (smiley.isPresent()) {
        return smiley;
      }
    }
    int codePoint = text.codePointAt(at);
    if (!isEmoji(codePoint)) {
      return isMark(codePoint)
          ? Optional.of(Verbalization.dropped(at + Character.charCount(codePoint)))
          : Optional.empty();
    }
    int end = end(text, at);
    return Optional.of(said ? Verbalization.of(end, name(text, at)) : Verbalization.dropped(end));
  }

  private Verbalization code(MatchResult match) {
    String name = match.group("name") == null ? match.group("custom") : match.group("name");
    return said && name != null
        ? Verbalization.of(match.end(), name.replace('_', ' '))
        : Verbalization.dropped(match.end());
  }

  private static boolean isEmoji(int c) {
    return Character.isEmojiPresentation(c)
        || (Character.isExtendedPictographic(c) && c >= FIRST_PICTOGRAPH);
  }

  private static boolean isMark(int c) {
    return c == JOINER
        || c == KEYCAP
        || c == EMOJI_STYLE
        || c == TEXT_STYLE
        || (c >= FIRST_TAG && c <= LAST_TAG);
  }

  /// The end of a sequence: skin tones, joined emoji, the second letter of a flag.
  private static int end(Cursor text, int at) {
    int first = text.codePointAt(at);
    int end = at + Character.charCount(first);
    boolean joined = false;
    boolean flag = isRegional(first);
    for (int i = 0; i < MOST_CODE_POINTS && end < text.length(); i++) {
      int c = text.codePointAt(end);
      boolean part =
          isMark(c)
              || Character.isEmojiModifier(c)
              || (joined && isEmoji(c))
              || (flag && i == 0 && isRegional(c));
      if (!part) {
        return end;
      }
      joined = c == JOINER;
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean isRegional(int c) {
    return c >= REGIONAL_A && c <= REGIONAL_Z;
  }

  private static String name(Cursor text, int at) {
    int first = text.codePointAt(at);
    int next = at + Character.charCount(first);
    if (isRegional(first) && next < text.length() && isRegional(text.codePointAt(next))) {
      String region =
          Character.toString('A' + first - REGIONAL_A)
              + Character.toString('A' + text.codePointAt(next) - REGIONAL_A);
      return "flag of " + Locale.of("", region).getDisplayCountry(Locale.ENGLISH);
    }
    String name = Character.getName(first);
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }
}
