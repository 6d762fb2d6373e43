package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.Ipa;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.markup.MarkupPart.Pause;
import dev.ttsworker.engine.text.markup.MarkupPart.Prosody;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/// SSML element stack and semantics. What a Piper voice does not support is ignored with a warning;
/// its text is spoken. Not thread-safe.
final class SsmlParser {
  private static final int MAX_DEPTH = 32;
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "audio",
          "desc",
          "lang",
          "lexicon",
          "lookup",
          "mark",
          "meta",
          "metadata",
          "token",
          "voice",
          "w");

  private final EventBuffer parts;
  private final Consumer<String> warnings;
  private final Deque<Element> open = new ArrayDeque<>();
  private final Map<String, Integer> tooDeep = new HashMap<>();
  private Prosody prosody = Prosody.PLAIN;
  private boolean inSpeak;

  /// Open element, and the state before it.
  private record Element(String name, Prosody before, boolean emphasisedBefore) {}

  /// @param warnings receives a message for ignored markup, without the author's text
  SsmlParser(EventBuffer parts, Consumer<String> warnings) {
    this.parts = parts;
    this.warnings = warnings;
  }

  /// Whether the text is within `<speak>`, where every tag is markup.
  boolean isInSpeak() {
    return inSpeak;
  }

  /// Whether a tag is markup. Outside of `<speak>` only tags that plain text does not contain are.
  ///
  /// @param first whether only blanks stand before it
  boolean isMarkup(Tag tag, boolean first) {
    if (inSpeak) {
      return true;
    }
    if (tag.form() == Tag.Form.CLOSES) {
      return isOpen(tag.name());
    }
    return switch (tag.name()) {
      case "speak" -> first;
      case "break" -> tag.form() == Tag.Form.EMPTY || hasAny(tag, "time", "strength");
      case "sub" -> hasAny(tag, "alias");
      case "phoneme" -> hasAny(tag, "ph");
      case "say-as" -> hasAny(tag, "interpret-as");
      case "prosody" -> hasAny(tag, "rate", "volume", "pitch", "range", "contour", "duration");
      case "emphasis" -> hasAny(tag, "level");
      default -> false;
    };
  }

  private static boolean hasAny(Tag tag, String... attributes) {
    return List.of(attributes).stream().anyMatch(name -> tag.attribute(name).isPresent());
  }

  /// Processes a tag.
  ///
  /// @param start offset of the tag
  /// @param end offset just past it
  void read(Tag tag, long start, long end) {
    if (tag.form() == Tag.Form.CLOSES) {
      close(tag.name(), end);
      return;
    }
    boolean single = tag.name().equals("break");
    if (!single && open.size() >= MAX_DEPTH) {
      tooDeep(tag);
      return;
    }
    if (!single) {
      open.push(new Element(tag.name(), prosody, parts.isEmphasised()));
    }
    meaning(tag, start);
    if (!single && tag.form() == Tag.Form.EMPTY) {
      close(tag.name(), end);
    }
  }

  /// Ignores an element that is nested too deeply; its end tag must not close another one.
  private void tooDeep(Tag tag) {
    warnings.accept("SSML elements are nested more than " + MAX_DEPTH + " deep");
    boolean counted = tooDeep.containsKey(tag.name()) || tooDeep.size() < MAX_DEPTH;
    if (tag.form() == Tag.Form.OPENS && counted) {
      tooDeep.merge(tag.name(), 1, Integer::sum);
    }
  }

  private void meaning(Tag tag, long start) {
    switch (tag.name()) {
      case "speak" -> inSpeak = true;
      case "p", "s" -> parts.add(new Pause(Duration.ZERO));
      case "break" -> parts.add(new Pause(pause(tag)));
      case "sub" ->
          applyOverride(
              tag, "alias", tag.attribute("alias").map(PronunciationOverride.Alias::new), start);
      case "phoneme" -> applyOverride(tag, "ph", phonemes(tag), start);
      case "say-as" ->
          tag.attribute("interpret-as")
              .flatMap(SsmlValues::interpretation)
              .ifPresent(interpretation -> beginOverride(interpretation, start));
      case "prosody" -> prosody(tag);
      case "emphasis" -> emphasis(tag);
      default ->
          warnings.accept(
              UNSUPPORTED.contains(tag.name())
                  ? "The SSML element " + tag.name() + " is not supported and ignored"
                  : "An unknown SSML element is ignored");
    }
  }

  private void applyOverride(
      Tag tag, String attribute, Optional<? extends PronunciationOverride> override, long start) {
    if (override.isPresent()) {
      beginOverride(override.get(), start);
    } else {
      unknown(tag, attribute);
    }
  }

  private void beginOverride(PronunciationOverride override, long start) {
    if (!parts.isInOverride()) {
      parts.beginOverride(override, start);
    }
  }

  private static Optional<PronunciationOverride> phonemes(Tag tag) {
    String alphabet = tag.attribute("alphabet").orElse("ipa");
    return alphabet.equalsIgnoreCase("ipa")
        ? tag.attribute("ph").flatMap(Ipa::of).map(ipa -> new PronunciationOverride.Ipa(ipa, ""))
        : Optional.empty();
  }

  private Duration pause(Tag tag) {
    Optional<String> time = tag.attribute("time");
    Optional<Duration> length =
        time.isPresent()
            ? time.flatMap(SsmlValues::time)
            : tag.attribute("strength").flatMap(SsmlValues::strength);
    if (length.isEmpty() && !tag.attributes().isEmpty()) {
      unknown(tag, time.isPresent() ? "time" : "strength");
    }
    return length.orElse(SsmlValues.USUAL_PAUSE);
  }

  private void prosody(Tag tag) {
    OptionalDouble rate = number(tag, "rate", SsmlValues.rate(tag.attribute("rate").orElse("1")));
    OptionalDouble volume =
        number(tag, "volume", SsmlValues.volume(tag.attribute("volume").orElse("medium")));
    for (String name : List.of("pitch", "range", "contour", "duration")) {
      if (tag.attribute(name).isPresent()) {
        warnings.accept("A Piper voice has no control of prosody's " + name + ", which is ignored");
      }
    }
    setProsody(SsmlValues.within(prosody, rate.orElse(1), volume.orElse(0)));
  }

  private OptionalDouble number(Tag tag, String attribute, OptionalDouble value) {
    if (value.isEmpty()) {
      unknown(tag, attribute);
    }
    return value;
  }

  private void emphasis(Tag tag) {
    String level = tag.attribute("level").orElse("moderate");
    parts.emphasise(!level.equals("none") && !level.equals("reduced"));
  }

  private void setProsody(Prosody next) {
    if (!next.equals(prosody)) {
      prosody = next;
      parts.add(next);
    }
  }

  private void unknown(Tag tag, String attribute) {
    warnings.accept(
        "The attribute " + attribute + " of SSML's " + tag.name() + " is not understood");
  }

  private boolean isOpen(String name) {
    return open.stream().anyMatch(element -> element.name().equals(name));
  }

  private void close(String name, long end) {
    if (tooDeep.getOrDefault(name, 0) > 0) {
      tooDeep.merge(name, -1, Integer::sum);
      return;
    }
    if (!isOpen(name)) {
      warnings.accept("The end of an SSML element that is not open is ignored");
      return;
    }
    tooDeep.clear();
    Element element;
    do {
      element = open.pop();
      if (Set.of("sub", "phoneme", "say-as").contains(element.name())) {
        parts.endOverride(end);
      }
      parts.emphasise(element.emphasisedBefore());
      setProsody(element.before());
    } while (!element.name().equals(name));
    switch (name) {
      case "speak" -> {
        inSpeak = isOpen("speak");
        parts.add(new Pause(Duration.ZERO));
      }
      case "p", "s" -> parts.add(new Pause(Duration.ZERO));
      default -> {}
    }
  }
}
