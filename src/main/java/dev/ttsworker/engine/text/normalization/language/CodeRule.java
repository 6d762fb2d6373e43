package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Text normalization of numeric codes, digit by digit: a number of four to eight digits after a
/// word such as "PIN", also with one word between them, "Ihr Code lautet 483920".
final class CodeRule implements Rule {
  private static final BoundedPattern CODE =
      BoundedPattern.of("\\d{4,8}+(?![\\d\\p{L}]|[.,:/-]\\d)");

  private final Language language;
  private final Map<String, String> before;

  CodeRule(Language language) {
    this.language = language;
    before = language.data().values("before a code");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!NumberReader.isDigit(text.peek(at)) || !text.isWordStart(at) || !isAnnounced(text, at)) {
      return Optional.empty();
    }
    return CODE.at(text, at)
        .map(m -> Verbalization.of(m.end(), language.numerals().digits(m.group())));
  }

  private boolean isAnnounced(Cursor text, int at) {
    if (!Cursor.isBlank(text.peek(at - 1))) {
      return false;
    }
    int end = text.peek(at - 2) == ':' ? at - 2 : at;
    return isCode(text.wordBefore(end)) || isCode(text.secondWordBefore(end));
  }

  private boolean isCode(String word) {
    return before.containsKey(word.toLowerCase(Locale.ROOT));
  }
}
