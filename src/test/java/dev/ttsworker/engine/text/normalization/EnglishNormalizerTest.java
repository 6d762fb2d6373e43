package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class EnglishNormalizerTest {
  /// Looks at characters for each character of a text, at most; about half more than what the worst
  /// of the hostile texts takes.
  private static final int MOST_READS = 1_200;

  /// Characters of a text whose work is counted.
  private static final int LONG = 150;

  private final Map<Dialect, EnglishNormalizer> normalizers = new EnumMap<>(Dialect.class);

  EnglishNormalizerTest() {
    for (Dialect dialect : Dialect.values()) {
      normalizers.put(dialect, new EnglishNormalizer(dialect, Normalizers.Emoji.DROP));
    }
  }

  /// Those of one segment that are known to be right; [VerbalizationTest] has all.
  @Test
  void writtenCasesAreSaidAsWritten() {
    Map<String, int[]> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Cases.Case one : Cases.all()) {
      if (one.wrong() || one.spoken().contains(Cases.BORDER)) {
        continue;
      }
      String said = said(one.dialect(), one.input());
      int[] count = counts.computeIfAbsent(one.group(), _ -> new int[2]);
      count[1]++;
      count[0] += said.equals(one.spoken()) ? 1 : 0;
      String fault = one.fault(said);
      if (!fault.isEmpty()) {
        wrong.add(fault);
      }
    }
    counts.forEach(
        (group, count) -> System.out.printf("%-14s %d of %d%n", group, count[0], count[1]));
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void noTwoCasesContradictEachOther() {
    Map<String, String> spoken = new TreeMap<>();
    for (Cases.Case one : Cases.all()) {
      String before = spoken.putIfAbsent(one.dialect() + " " + one.input(), one.spoken());
      assertTrue(before == null || before.equals(one.spoken()), () -> one + " and " + before);
    }
  }

  @Test
  void wordsKnowWhatTheyWereWrittenAs() {
    String text = "😀 It's $4 at 9am, **e.g.** “Dr. Lee”.";
    int[] points = text.codePoints().toArray();
    List<String> pairs = new ArrayList<>();
    for (SpokenWord word : normalizer(Dialect.US).normalize(AnnotatedText.of(text)).words()) {
      pairs.add(
          word.text()
              + "<"
              + new String(
                  points,
                  (int) word.sourceStart(),
                  (int) word.sourceEnd() - (int) word.sourceStart()));
    }
    assertEquals(
        List.of(
            "It's<It's",
            "four<$4",
            "dollars<$4",
            "at<at",
            "nine<9am",
            "A.M<9am",
            "for<e.g.",
            "example<e.g.",
            "Doctor<Dr.",
            "Lee<Lee"),
        pairs);
  }

  @Test
  void offsetsAreInOrderAndWithinTheText() {
    List<String> texts = new ArrayList<>(Cases.all().stream().map(Cases.Case::input).toList());
    texts.addAll(HostileTexts.all(40));
    for (String text : texts) {
      int length = text.codePointCount(0, text.length());
      NormalizedText spoken = normalizer(Dialect.US).normalize(AnnotatedText.of(text));
      int last = 0;
      for (SpokenWord word : spoken.words()) {
        assertTrue(
            (int) word.sourceStart() >= last && (int) word.sourceEnd() <= length,
            () -> text + ": " + word);
        assertTrue(spoken.text().contains(word.text()), () -> text + ": " + word);
        last = (int) word.sourceStart();
      }
    }
  }

  @Test
  void workGrowsWithTheLengthAndNoFaster() {
    double worst = 0;
    String worstText = "";
    for (String text : HostileTexts.all(LONG)) {
      CountedText source = new CountedText(text);
      NormalizedText _ = normalizer(Dialect.US).normalize(source.cursor(), List.of());
      double reads = (double) source.reads() / text.length();
      if (reads > worst) {
        worst = reads;
        worstText = text.substring(0, 20);
      }
    }
    System.out.printf(
        "hostile texts: at most %.0f reads per character (%s…)%n",
        worst, worstText.replace("\n", "\\n"));
    double most = worst;
    assertTrue(most <= MOST_READS, () -> "reads per character: " + most);
  }

  @Test
  void anyTextIsReadWithoutFailure() {
    long seed = Fuzz.seed();
    System.out.println("EnglishNormalizerTest seed " + seed);
    Random random = new Random(seed);
    String signs = "0123456789.,:;/-–'\"$£€%°#@*_`~[]()|<>=+^ \n abcxyzABCIVX😀\ud83d½²√→é你";
    for (int round = 0; round < Fuzz.inputs(200); round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      for (Dialect dialect : Dialect.values()) {
        said(dialect, text.toString());
      }
    }
  }

  private EnglishNormalizer normalizer(Dialect dialect) {
    return Objects.requireNonNull(normalizers.get(dialect));
  }

  private String said(Dialect dialect, String text) {
    return normalizer(dialect).normalize(AnnotatedText.of(text)).text();
  }
}
