package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.fuzz.Fuzz;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How long a segment becomes when it is written out.
@Tag("slow")
final class SpokenLengthTest {
  private static final int SEGMENT = 400;

  /// One in so many letters of other scripts, which have no names.
  private static final int LETTERS = Fuzz.inputs(0) > 0 ? 1 : 64;

  private static final List<String> UNITS =
      List.of(
          "7,777,777 ",
          "777,777,777,777,777 ",
          "7",
          "77 ",
          "7777777 ",
          "7.7",
          "7-",
          "$7.77 ",
          "7% ",
          "7°",
          "1/7 ",
          "1e9 ",
          "VIII ",
          "W",
          "W ",
          "WWW ",
          "w.",
          "W.com ",
          "w@w.de ",
          "7km/h ",
          "#w",
          "7x7 ",
          "7:77 ",
          "7/7/77 ",
          "May 7 ",
          "(777) 777-7777 ",
          "+",
          "=",
          "& ",
          "²",
          "½",
          "7½ ",
          "≥",
          "🇬🇸",
          "77th ",
          "1777s ");

  /// Spoken chars for each written one, at most.
  @ParameterizedTest
  @EnumSource
  void aSegmentIsBoundedAsItIsSaid(Emoji emoji) {
    int most = emoji == Emoji.DROP ? 30 : 60;
    EnglishNormalizer normalizer = new EnglishNormalizer(Dialect.GB, emoji);
    Stream<String> signs = signs().boxed().flatMap(SpokenLengthTest::forms);
    double worst = 0;
    String worstUnit = "";
    List<String> units =
        Stream.of(UNITS.stream(), HostileTexts.seeds().stream(), signs).flatMap(s -> s).toList();
    for (String unit : units) {
      String text = unit.repeat(20 / unit.length() + 1);
      double ratio = ratio(normalizer, text);
      if (ratio > worst) {
        worst = ratio;
        worstUnit = unit;
      }
    }
    double found = ratio(normalizer, worstUnit.repeat(SEGMENT / worstUnit.length()));
    System.out.printf(
        "%s: at most %.1f spoken characters for each, %.1f in a long segment (%s)%n",
        emoji, worst, found, worstUnit);
    double largest = Math.max(worst, found);
    String where = worstUnit;
    assertTrue(largest <= most, () -> where + ": " + largest);
  }

  /// A sign alone and as a word; in ordinary runs one of the two.
  private static Stream<String> forms(int sign) {
    String alone = Character.toString(sign);
    return Fuzz.inputs(0) > 0
        ? Stream.of(alone, alone + " ")
        : Stream.of(sign % 2 == 0 ? alone : alone + " ");
  }

  /// Signs of which some have long names.
  private static IntStream signs() {
    return IntStream.of(0x20, 0xFB00, 0x1F000)
        .flatMap(from ->
            IntStream.range(from, from == 0x20 ? 0x3000 : from == 0xFB00 ? 0x10000 : 0x1FB00))
        .filter(c -> Character.getType(c) != Character.SURROGATE && Character.isDefined(c))
        .filter(c -> c < 0x250 || !Character.isLetter(c) || c % LETTERS == 0);
  }

  private static double ratio(EnglishNormalizer normalizer, String text) {
    return (double) normalizer.normalize(AnnotatedText.of(text)).text().length() / text.length();
  }
}
