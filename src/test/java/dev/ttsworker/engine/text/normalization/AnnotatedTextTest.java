package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.PronunciationOverride.InterpretAs;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.AnnotatedText.Span;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AnnotatedTextTest {
  private static final Normalizers NORMALIZERS = new Normalizers();
  private static final Normalizer ENGLISH = NORMALIZERS.forLanguages(List.of("en-US"), Emoji.DROP);
  private static final Normalizer BRITISH = NORMALIZERS.forLanguages(List.of("en-GB"), Emoji.DROP);
  private static final Normalizer PLAIN = NORMALIZERS.forLanguages(List.of("de"), Emoji.DROP);

  private static AnnotatedText annotated(String text, String part, PronunciationOverride override) {
    int at = text.indexOf(part);
    return new AnnotatedText(text, List.of(new Span(at, at + part.length(), override)));
  }

  /// Words with what they were written as and how they sound.
  private static String words(AnnotatedText annotated, NormalizedText spoken) {
    int[] points = annotated.text().codePoints().toArray();
    return spoken.words().stream()
        .map(word ->
            word.text()
                + "<"
                + new String(
                    points,
                    (int) word.sourceStart(),
                    (int) word.sourceEnd() - (int) word.sourceStart())
                + word.pronunciation()
                    .map(how -> "/" + how.said() + "/" + how.phonemes())
                    .orElse(""))
        .collect(Collectors.joining(" | "));
  }

  @Test
  void phonemesGoWithTheirWord() {
    AnnotatedText annotated =
        annotated("Pay $4 in \"GIF\"s!", "GIF", new PronunciationOverride.Ipa("dʒɪf", ""));
    NormalizedText english = ENGLISH.normalize(annotated);
    assertEquals("Pay four dollars in \"GIF\"s!", english.text());
    assertEquals(
        "Pay<Pay | four<$4 | dollars<$4 | in<in | GIF<GIF/GIF/dʒɪf | s<s",
        words(annotated, english));
    NormalizedText plain = PLAIN.normalize(annotated);
    assertEquals(annotated.text(), plain.text());
    assertEquals("Pay<Pay | $4<$4 | in<in | GIF<GIF/GIF/dʒɪf | \"s!<\"s!", words(annotated, plain));
  }

  @Test
  void severalWordsMayHavePhonemesTogetherAndAnotherNameForThem() {
    AnnotatedText annotated =
        annotated("In New York.", "New York", new PronunciationOverride.Ipa("nuː jɔːk", "NY"));
    String expected = "NY<New York/New York/nuː jɔːk";
    assertEquals("In<In | " + expected, words(annotated, ENGLISH.normalize(annotated)));
    assertEquals("In<In | " + expected, words(annotated, PLAIN.normalize(annotated)));
  }

  @Test
  void otherWordsAreReadAsAnyText() {
    AnnotatedText annotated =
        annotated("See W3C now.", "W3C", new PronunciationOverride.Alias("the No. 1 W3C"));
    assertEquals("See the number one W three C now.", ENGLISH.normalize(annotated).text());
    assertEquals("See the No. 1 W3C now.", PLAIN.normalize(annotated).text());
    AnnotatedText nothing = annotated("See W3C now.", "W3C", new PronunciationOverride.Alias(""));
    assertEquals("See now.", ENGLISH.normalize(nothing).text());
    assertEquals("See  now.", PLAIN.normalize(nothing).text());
  }

  @Test
  void numbersAndLettersAreSaidAsAsked() {
    String text = "The 1,203 is";
    assertEquals("The one two zero three is", say(text, "1,203", InterpretAs.DIGITS));
    assertEquals("The one thousand two hundred third is", say(text, "1,203", InterpretAs.ORDINAL));
    assertEquals("The one thousand two hundred three is", say(text, "1,203", InterpretAs.CARDINAL));
    AnnotatedText british = annotated(text, "1,203", InterpretAs.ORDINAL);
    assertEquals("The one thousand two hundred and third is", BRITISH.normalize(british).text());
    assertEquals("The 1 2 0 3 is", say(text, "1,203", InterpretAs.SPELLED));
    assertEquals("A C.A.T", say("A cat", "cat", InterpretAs.SPELLED));
    assertEquals("A c a t", PLAIN.normalize(annotated("A cat", "cat", InterpretAs.SPELLED)).text());
    assertEquals("no number", say("no number", "no", InterpretAs.ORDINAL));
  }

  private static String say(String text, String part, InterpretAs way) {
    return ENGLISH.normalize(annotated(text, part, way)).text();
  }

  @Test
  void emphasisIsOnEachWord() {
    AnnotatedText annotated =
        annotated("You can pay $2, really.", "can pay $2", InterpretAs.EMPHASISED);
    assertEquals(
        "You<You | can<can/can/ | pay<pay/pay/ | two<$2/two/ | dollars<$2/dollars/ | really<really",
        words(annotated, ENGLISH.normalize(annotated)));
    assertEquals(
        "You<You | can<can/can/ | pay<pay/pay/ | $2<$2/$2/ | really.<really.",
        words(annotated, PLAIN.normalize(annotated)));
  }

  @Test
  void noRuleReadsOverTheBorderOfASpan() {
    AnnotatedText annotated =
        annotated("It is $4 million.", "million", new PronunciationOverride.Ipa("m", ""));
    assertEquals("It is four dollars million.", ENGLISH.normalize(annotated).text());
  }
}
