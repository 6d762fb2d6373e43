package dev.ttsworker.session;

import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Option `speaker`: a name or number, or, of a voice that can blend speakers, names with weights,
/// such as `af_heart:0.7+af_bella:0.3`.
///
/// @param number of the speaker, of a blend the first one; the voice's own when absent
/// @param blend its shares, 1 together; none of a single speaker
record SpeakerOption(OptionalInt number, List<SpeakerShare> blend) {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern WEIGHT = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,9})?");
  private static final Pattern BLEND_SIGN = Pattern.compile("[+:]");
  private static final int MOST_IN_BLEND = 8;
  private static final double SMALLEST_WEIGHT = 0.001;
  private static final double LARGEST_WEIGHT = 1_000;
  private static final String BLEND_FORM =
      "one to %d names as NAME:WEIGHT joined by +, such as a:0.7+b:0.3, weights %s to %.0f"
          .formatted(MOST_IN_BLEND, SMALLEST_WEIGHT, LARGEST_WEIGHT);

  /// @param value of the option; empty when it is absent
  /// @throws WorkerException `INVALID_FIELD`
  static SpeakerOption read(Optional<String> value, VoiceDescription voice) {
    return value
        .map(text -> new Reader(text, voice).read())
        .orElseGet(() -> new SpeakerOption(OptionalInt.empty(), List.of()));
  }

  private static SpeakerOption single(int number) {
    return new SpeakerOption(OptionalInt.of(number), List.of());
  }

  /// @param text as it was given
  private record Reader(String text, VoiceDescription voice) {
    SpeakerOption read() {
      Integer named = voice.speakers().get(text);
      if (named == null && voice.blends() && BLEND_SIGN.matcher(text).find()) {
        return blend();
      }
      int number = named == null ? number() : named;
      if (voice.languages(number).isEmpty()) {
        throw refused("a speaker whose language can be read: " + names());
      }
      return single(number);
    }

    private int number() {
      if (WHOLE.matcher(text).matches()) {
        int number = Integer.parseInt(text);
        if (number < voice.speakerCount()) {
          return number;
        }
      }
      throw refused(allowed());
    }

    private String allowed() {
      if (voice.speakerCount() == 1) {
        return "0 (this voice has one speaker: leave it out or use 0)";
      }
      String numbers = "0 to " + (voice.speakerCount() - 1);
      String named = voice.speakers().isEmpty() ? numbers : numbers + " or one of " + names();
      return voice.blends() ? named + "; or " + BLEND_FORM : named;
    }

    /// Those whose language can be read.
    private String names() {
      TreeSet<String> names = new TreeSet<>(voice.speakers().keySet());
      names.removeIf(name -> voice.languages(numberOf(name)).isEmpty());
      return String.join(", ", names);
    }

    private int numberOf(String name) {
      return voice.speakers().getOrDefault(name, 0);
    }

    private SpeakerOption blend() {
      Map<Integer, Double> weights = new LinkedHashMap<>();
      for (String part : text.split("\\+", -1)) {
        int colon = part.indexOf(':');
        String name = (colon < 0 ? part : part.substring(0, colon)).strip();
        Integer number = voice.speakers().get(name);
        if (number == null) {
          throw refused("names of %s; \"%s\" is none".formatted(names(), shortened(name)));
        }
        double weight = colon < 0 ? 1 : weight(part.substring(colon + 1).strip());
        if (weights.put(number, weight) != null) {
          throw refused("each name once, not \"%s\" again".formatted(name));
        }
      }
      if (weights.size() > MOST_IN_BLEND) {
        throw refused(BLEND_FORM);
      }
      int first = weights.keySet().iterator().next();
      if (voice.languages(first).isEmpty()) {
        throw refused(
            "a blend whose first speaker, which gives the language, is one of " + names());
      }
      return weights.size() == 1
          ? single(first)
          : new SpeakerOption(OptionalInt.of(first), shares(weights));
    }

    private double weight(String digits) {
      double weight = WEIGHT.matcher(digits).matches() ? Double.parseDouble(digits) : -1;
      if (!(weight >= SMALLEST_WEIGHT && weight <= LARGEST_WEIGHT)) {
        throw refused(
            "weights %s to %.0f, not \"%s\""
                .formatted(SMALLEST_WEIGHT, LARGEST_WEIGHT, shortened(digits)));
      }
      return weight;
    }

    private static List<SpeakerShare> shares(Map<Integer, Double> weights) {
      double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
      List<SpeakerShare> shares = new ArrayList<>();
      weights.forEach((number, weight) -> shares.add(new SpeakerShare(number, weight / sum)));
      return shares;
    }

    private static String shortened(String text) {
      return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private WorkerException refused(String allowed) {
      return OptionReader.refused("speaker", text, allowed, null);
    }
  }
}
