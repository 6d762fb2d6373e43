package dev.ttsworker.text.normal;

import java.util.Optional;

/// `#MachineLearning`, `#1`, `@john_doe`.
final class TagRule implements Rule {
  private static final Form HASHTAG = Form.of("#(?<name>[\\p{L}_][\\p{L}\\p{N}_]{0,60}+)");
  private static final Form NUMBER = Form.of("#(?<number>\\d{1,9}+)(?![\\p{L}\\p{N}_])");
  private static final Form MENTION =
      Form.of("@(?<name>[\\p{L}_][\\p{L}\\p{N}_]{0,40}+)(?:\\.(?<rest>[\\p{L}\\p{N}_]{1,20}+))?+");

  private final English english;

  TagRule(English english) {
    this.english = english;
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    char c = text.look(at);
    if ((c != '#' && c != '@') || !text.isWordStart(at)) {
      return Optional.empty();
    }
    Letters letters = english.letters();
    return HASHTAG
        .at(text, at)
        .map(m ->
            Reading.of(
                m.end(), "hashtag " + letters.name(m.group("name")).replace("underscore ", "")))
        .or(() ->
            NUMBER
                .at(text, at)
                .map(m ->
                    Reading.of(m.end(), "number " + english.numbers().written(m.group("number")))))
        .or(() ->
            MENTION
                .at(text, at)
                .map(m -> Reading.of(m.end(), "at " + letters.name(m.group().substring(1)))));
  }
}
