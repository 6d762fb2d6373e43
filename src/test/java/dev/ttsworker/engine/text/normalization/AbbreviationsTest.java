package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Segmentation and normalization agree on every abbreviation of the list: where it goes on, the
/// stop ends no sentence and it is said as listed; where the next sentence begins, both see its
/// end.
final class AbbreviationsTest {
  private final Normalizer normalizer = new EnglishNormalizer(Dialect.US, Normalizers.Emoji.DROP);

  /// A sentence in which an abbreviation of the place stands, `@` for it; what is said before it;
  /// and one that ends with it, empty where none does.
  private record Sample(String within, String before, String atEnd) {}

  private static Sample sampleOf(Place place) {
    return switch (place) {
      case NEVER_LAST -> new Sample("We saw @. Elm here.", "We saw ", "");
      case OTHER_LANGUAGES -> new Sample("So @. Elm.", "So ", "");
      case MAY_BE_LAST -> new Sample("The @. of it is old.", "The ", "It is the @.");
      case TIME -> new Sample("The 9 @. Friday call.", "The nine ", "It was 9 @.");
      case MONTH, DAY -> new Sample("In @. it rains.", "In ", "It was in @.");
      case BEFORE_NAME -> new Sample("I saw @. Smith here.", "I saw ", "");
      case AFTER_COMPANY -> new Sample("Acme @. is here.", "Acme ", "He left Acme @.");
      case AFTER_PERSON -> new Sample("John Lee @. is here.", "John Lee ", "It is John Lee @.");
      case AFTER_STREET -> new Sample("He is on Elm @. now.", "He is on Elm ", "He is on Elm @.");
      case BEFORE_NUMBER -> new Sample("See @. 5 now.", "See ", "");
      case AFTER_NUMBER -> new Sample("It is 5 @. long.", "It is five ", "It is 5 @.");
      case WITHOUT_STOP, ALSO_WORD -> new Sample("", "", "");
    };
  }

  @Test
  void segmentationAndNormalizationAgree() {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Place place : Place.values()) {
      Sample sample = sampleOf(place);
      for (String written : Abbreviations.at(place).keySet()) {
        checked++;
        check(place, written, sample, wrong);
      }
    }
    assertEquals("", String.join("\n", wrong));
    int most = checked;
    assertTrue(most >= 200, () -> "only " + most);
  }

  private void check(Place place, String written, Sample sample, List<String> wrong) {
    String said = Abbreviations.expansion(place, written).orElse("").replaceFirst(".*, ", "");
    List<String> within = segments(sample.within().replace("@", written));
    String spoken = said(within.isEmpty() ? "" : within.getFirst());
    String expected = sample.before() + said.replaceAll("(?<= |^)([A-Z]) (?=[A-Z]( |$))", "$1.");
    if (within.size() > 1 || !(said.isEmpty() || spoken.startsWith(expected))) {
      wrong.add(place + " " + written + ": " + within + " said: " + spoken + ", not " + expected);
    }
    if (!sample.atEnd().isEmpty()) {
      String first = sample.atEnd().replace("@", written);
      List<String> both = segments(first + " She left.");
      if (!both.equals(List.of(first, "She left."))) {
        wrong.add(place + " " + written + " is no end: " + both);
      }
    }
  }

  /// A word for which only one of the two has a use is a mistake.
  @Test
  void whatIsSaidOfAWordIsSaidOfAnAbbreviation() {
    List<Place> places = new ArrayList<>(Arrays.asList(Place.values()));
    places.removeAll(List.of(Place.WITHOUT_STOP, Place.ALSO_WORD));
    for (Place place : List.of(Place.WITHOUT_STOP, Place.ALSO_WORD)) {
      for (String word : Abbreviations.at(place).keySet()) {
        assertTrue(places.stream().anyMatch(one -> Abbreviations.has(one, word)), word);
      }
    }
  }

  @Test
  void capitalsAreKnownWhereTheySay() {
    assertEquals("Doctor", Abbreviations.expansion(Place.BEFORE_NAME, "DR").orElse(""));
    assertEquals("Doctor", Abbreviations.expansion(Place.BEFORE_NAME, "Dr").orElse(""));
    assertEquals("doctor", Abbreviations.expansion(Place.BEFORE_NAME, "dr").orElse(""));
    assertEquals("", Abbreviations.expansion(Place.BEFORE_NAME, "dR").orElse(""));
    assertEquals("Sunday", Abbreviations.expansion(Place.DAY, "SUN").orElse(""));
    assertEquals("", Abbreviations.expansion(Place.DAY, "sun").orElse(""));
    assertEquals("For example", Abbreviations.expansion(Place.NEVER_LAST, "E.G").orElse(""));
    assertEquals("", Abbreviations.expansion(Place.BEFORE_NUMBER, "C").orElse(""));
    assertEquals("", Abbreviations.expansion(Place.DAY, "").orElse(""));
  }

  private static List<String> segments(String text) {
    SentenceSegmenter segmenter = SentenceSegmenter.ofWholeSentences(List.of());
    List<Segment> segments = new ArrayList<>(segmenter.appendText(text));
    segments.addAll(segmenter.finish());
    return segments.stream().map(Segment::text).toList();
  }

  private String said(String segment) {
    return normalizer.normalize(AnnotatedText.of(segment)).text();
  }
}
