package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Text normalization of ordinals: `1er`, `2ª`, `3e`, and with a full stop where the words around
/// it prove it, `der 3. Platz`, `2. Auflage`.
final class OrdinalRule implements Rule {
  private static final int LARGEST = 999;

  private static final BoundedPattern DOT =
      BoundedPattern.of("(?<number>[1-9]\\d{0,2})\\.(?!\\d|\\.|,\\d)");
  private static final BoundedPattern RANGE =
      BoundedPattern.of(
          "(?<number>[1-9]\\d{0,2})\\.?[ ]?(?:[-–]|bis)[ ]?(?<second>[1-9]\\d{0,2})\\.(?=[ \u00a0]\\p{Lu})");

  private final Language language;
  private final Ordinals ordinals;
  private final Map<String, String> marks;
  private final BoundedPattern marked;
  private final boolean dots;

  OrdinalRule(Language language) {
    this.language = language;
    this.ordinals = new Ordinals(language, "ordinal words");
    this.marks = language.data().values("ordinal marks");
    this.marked =
        marks.isEmpty()
            ? BoundedPattern.of("(?!)")
            : BoundedPattern.of(
                "(?<number>[1-9]\\d{0,5})(?<mark>"
                    + Language.anyOf(marks.keySet())
                    + ")"
                    + Language.END);
    this.dots = language.data().setting("ordinal dot", "no").equals("yes");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!NumberReader.isDigit(text.peek(at))
        || !text.isWordStart(at)
        || text.peek(at - 1) == ','
        || text.peek(at - 1) == '.') {
      return Optional.empty();
    }
    return marked
        .at(text, at)
        .filter(m -> isProven(text, at, m.end(), marks.getOrDefault(m.group("mark"), "")))
        .map(m -> {
          String form =
              beforeNoun(text, m.end(), marks.getOrDefault(m.group("mark"), "").split(";", -1)[0]);
          return Verbalization.of(m.end(), ordinals.say(Integer.parseInt(m.group("number")), form));
        })
        .or(() -> dots ? range(text, at).or(() -> dotted(text, at)) : Optional.empty());
  }

  /// The form before a noun, where it is shorter: "primer piso".
  private String beforeNoun(Cursor text, int end, String form) {
    String shorter = language.data().setting("ordinal m before a noun", "");
    String next = text.wordAfter(end);
    boolean noun =
        Cursor.isBlank(text.peek(end)) && !next.isEmpty() && !language.genders().isNone(next);
    return !shorter.isEmpty() && form.equals("m") && noun ? shorter : form;
  }

  /// A sign that is also a degree sign is a mark only after an article, in some languages before a
  /// noun; no mark after a word such as "temperatura".
  private boolean isProven(Cursor text, int at, int end, String value) {
    boolean degrees =
        isBeforeDegrees(text.wordBefore(at)) || isBeforeDegrees(text.secondWordBefore(at));
    return !degrees
        && (!value.contains(";") || ordinals.isAsked(text, at) || isBeforeNoun(text, end, value));
  }

  private boolean isBeforeDegrees(String word) {
    return language.data().section("before degrees").containsKey(word.toLowerCase(Locale.ROOT));
  }

  /// `5° posto`, `20° in classifica`
  private boolean isBeforeNoun(Cursor text, int end, String value) {
    String next = text.wordAfter(end);
    if (!value.endsWith(";noun") || next.isEmpty() || !Cursor.isBlank(text.peek(end))) {
      return false;
    }
    String two = next + " " + text.wordAfter(text.afterBlanks(end) + next.length());
    boolean noun = Character.isLowerCase(next.charAt(0)) && !language.genders().isNone(next);
    return noun || language.data().section("after an ordinal").containsKey(two);
  }

  private Optional<Verbalization> range(Cursor text, int at) {
    return RANGE
        .at(text, at)
        .map(m -> {
          String form = ordinals.formOfDotted(text, at, m.end()).orElse("e");
          String joint = " " + language.data().setting("to") + " ";
          return Verbalization.of(
              m.end(),
              ordinals.say(Integer.parseInt(m.group("number")), form)
                  + joint
                  + ordinals.say(Integer.parseInt(m.group("second")), form));
        });
  }

  private Optional<Verbalization> dotted(Cursor text, int at) {
    return DOT.at(text, at)
        .filter(m -> Integer.parseInt(m.group("number")) <= LARGEST)
        .flatMap(m ->
            ordinals
                .formOfDotted(text, at, m.end())
                .map(form ->
                    Verbalization.stopped(
                        text,
                        m.end(),
                        ordinals.say(Integer.parseInt(m.group("number")), form),
                        true)));
  }
}
