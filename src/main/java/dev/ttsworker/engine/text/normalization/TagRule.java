package dev.ttsworker.engine.text.normalization;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Text normalization of hashtags and handles: `#MachineLearning`, `#1`, `@john_doe`.
final class TagRule implements Rule {
  private static final BoundedPattern HASHTAG =
      BoundedPattern.of("#(?<name>[\\p{L}_][\\p{L}\\p{N}_]{0,60}+)");
  private static final BoundedPattern NUMBER =
      BoundedPattern.of("#(?<number>\\d{1,9}+)(?![\\p{L}\\p{N}_])");
  private static final BoundedPattern MENTION =
      BoundedPattern.of(
          "@(?<name>[\\p{L}_][\\p{L}\\p{N}_]{0,40}+)(?:\\.(?<rest>[\\p{L}\\p{N}_]{1,20}+))?+");

  /// Alphanumeric order number: "Order #A1234".
  private static final BoundedPattern CODE =
      BoundedPattern.of("#(?<code>[A-Z]{1,4}+-?\\d{1,6}+[A-Z]{0,2}+)(?![\\p{L}\\p{N}_])");

  private final English english;
  private final Set<String> numbered =
      Tables.read("codes.txt").words("before a number with a sign");

  TagRule(English english) {
    this.english = english;
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if ((c != '#' && c != '@') || !text.isWordStart(at)) {
      return Optional.empty();
    }
    Letters letters = english.letters();
    return CODE.at(text, at)
        .filter(_ -> numbered.contains(text.wordBefore(at).toLowerCase(Locale.ROOT)))
        .map(m -> {
          String words = "number " + letters.code(m.group("code").replace("-", " "));
          return Verbalization.of(m.end(), Letters.withoutArticle(words, text, m.end()));
        })
        .or(() -> hashtag(text, at))
        .or(() ->
            NUMBER
                .at(text, at)
                .map(m ->
                    Verbalization.of(
                        m.end(), "number " + english.numbers().written(m.group("number")))))
        .or(() ->
            MENTION
                .at(text, at)
                .map(m -> Verbalization.of(m.end(), "at " + letters.name(m.group().substring(1)))));
  }

  private Optional<Verbalization> hashtag(Cursor text, int at) {
    return HASHTAG
        .at(text, at)
        .map(m -> {
          String name = english.letters().name(m.group("name")).replace("underscore ", "");
          return Verbalization.of(m.end(), "hashtag " + name);
        });
  }
}
