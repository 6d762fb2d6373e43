package dev.ttsworker.engine.text.normalization.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.normalization.CountedText;
import dev.ttsworker.engine.text.normalization.HostileTexts;
import dev.ttsworker.engine.text.normalization.NormalizedText;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class LanguageNormalizerTest {
  private static final int FEWEST_CASES = 150;

  /// Characters of a text whose work is counted; what looks further back or ahead than this is
  /// seen.
  private static final int LONG = 150;

  /// Looks at characters for each character of a text, at most.
  private static final int MOST_READS = 1_200;

  private static final int SHARES = Fuzz.inputs(0) > 0 ? 1 : 3;

  /// A hostile text has so many, which follow each other.
  private static final int FORMS = 3;

  private static final List<String> TAGS =
      List.of("de", "fr", "es", "es-mx", "it", "pt-br", "pt-pt", "nl", "pl");

  private final LanguageNormalizers normalizers = new LanguageNormalizers();

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr", "es", "it", "pt", "nl", "pl"})
  void writtenCasesAreSaidAsWritten(String language) {
    List<LanguageCases.Case> cases = LanguageCases.of(language);
    Map<String, Integer> counts = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (LanguageCases.Case one : cases) {
      counts.merge(one.group(), 1, Integer::sum);
      String said = said(normalizer(one.tag()), one.input());
      if (said.equals(one.spoken()) == one.wrong()) {
        faults.add(
            one.tag() + ": " + one.input() + " was said: " + said + ", not: " + one.spoken());
      }
    }
    System.out.printf("%s: %d cases %s%n", language, cases.size(), counts);
    assertEquals("", String.join("\n", faults));
    assertTrue(cases.size() >= FEWEST_CASES, () -> language + " has " + cases.size() + " cases");
  }

  @Test
  void eachClassFailsWithoutRules() {
    Set<String> silent = new HashSet<>();
    for (LanguageCases.Case one : LanguageCases.all()) {
      silent.add(one.tag().substring(0, 2) + " " + one.group());
    }
    silent.removeIf(group -> group.endsWith(" unchanged"));
    for (LanguageCases.Case one : LanguageCases.all()) {
      if (one.isChanged()) {
        silent.remove(one.tag().substring(0, 2) + " " + one.group());
      }
    }
    assertEquals(Set.of(), silent);
  }

  /// Without any one of the rules some case is red.
  @Test
  void eachRuleIsNeeded() {
    for (String tag : List.of("de", "fr", "es", "it", "pt-br", "nl", "pl")) {
      Language language = Language.read(LanguageNormalizers.files(tag));
      List<Rule> rules = LanguageNormalizer.rules(language);
      for (int left = 0; left < rules.size(); left++) {
        List<Rule> others = new ArrayList<>(rules);
        Rule removed = others.remove(left);
        LanguageNormalizer broken = new LanguageNormalizer(language, others);
        boolean red =
            LanguageCases.of(tag.substring(0, 2)).stream()
                .filter(one -> one.tag().equals(tag))
                .anyMatch(one -> !said(broken, one.input()).equals(one.spoken()) != one.wrong());
        boolean needed = !isForAnyLanguage(removed) && !isElsewhere(removed, tag);
        assertTrue(red || !needed, () -> tag + " does not need " + removed.getClass());
      }
    }
  }

  /// Emoji and Markdown have cases of their own.
  private static boolean isForAnyLanguage(Rule rule) {
    String name = rule.getClass().getSimpleName();
    return name.equals("EmojiRule") || name.equals("MarkdownRule");
  }

  /// Years are numbers in most languages.
  private static boolean isElsewhere(Rule rule, String tag) {
    return rule instanceof YearRule && !List.of("de", "nl", "pl").contains(tag);
  }

  @Test
  void wordsKnowWhatTheyWereWrittenAs() {
    String text = "😀 Am 3. Mai, z. B. um 9:00, 4,50 € – ‚ja‘.";
    int[] points = text.codePoints().toArray();
    List<String> pairs = new ArrayList<>();
    for (SpokenWord word : normalizer("de").normalize(AnnotatedText.of(text)).words()) {
      int start = Math.toIntExact(word.sourceStart());
      int length = Math.toIntExact(word.sourceEnd() - word.sourceStart());
      pairs.add(word.text() + "<" + new String(points, start, length));
    }
    assertEquals(
        List.of(
            "Am<Am",
            "dritten<3. Mai",
            "Mai<3. Mai",
            "zum<z. B.",
            "Beispiel<z. B.",
            "um<um",
            "neun<9:00",
            "Uhr<9:00",
            "vier<4,50 €",
            "Euro<4,50 €",
            "fünfzig<4,50 €",
            "ja<ja"),
        pairs);
  }

  @Test
  void offsetsAreInOrderAndWithinTheText() {
    List<String> texts =
        new ArrayList<>(LanguageCases.all().stream().map(LanguageCases.Case::input).toList());
    texts.addAll(HostileTexts.all(60));
    for (String tag : TAGS) {
      share(tag, texts).forEach(text -> checkOffsets(text, normalizer(tag)));
    }
  }

  /// A third of the texts, another one for the language that follows: the rules are the same for
  /// all.
  private static List<String> share(String tag, List<String> texts) {
    int share = TAGS.indexOf(tag) % SHARES;
    return IntStream.range(0, texts.size())
        .filter(i -> i / FORMS % SHARES == share)
        .mapToObj(texts::get)
        .toList();
  }

  private static void checkOffsets(String text, Normalizer normalizer) {
    int length = text.codePointCount(0, text.length());
    NormalizedText spoken = normalizer.normalize(AnnotatedText.of(text));
    long last = 0;
    for (SpokenWord word : spoken.words()) {
      boolean right =
          word.sourceStart() >= last
              && word.sourceEnd() <= length
              && spoken.text().contains(word.text());
      assertTrue(right, () -> text + ": " + word);
      last = word.sourceStart();
    }
  }

  @Test
  void workGrowsWithTheLengthAndNoFaster() {
    List<String> own = new ArrayList<>();
    for (String seed :
        List.of(
            "3. ", "z. B. ", "1.234.", "14h", "12,5", "a@b.", "XIV ", "€ ", "1 000 ", "3-",
            "+49 ")) {
      own.add(seed.repeat(LONG / seed.length()));
    }
    for (String tag : TAGS) {
      LanguageNormalizer normalizer =
          new LanguageNormalizer(Language.read(LanguageNormalizers.files(tag)));
      double worst = 0;
      String worstText = "";
      List<String> texts = new ArrayList<>(own);
      texts.addAll(share(tag, HostileTexts.all(LONG)));
      for (String text : texts) {
        CountedText source = CountedText.ofAnyLanguage(text);
        NormalizedText _ = normalizer.normalize(source.cursor(), List.of());
        double reads = (double) source.reads() / text.length();
        if (reads > worst) {
          worst = reads;
          worstText = text.substring(0, 10);
        }
      }
      String found = tag + ": " + worst + " reads per character in " + worstText;
      System.out.println(found);
      assertTrue(worst <= MOST_READS, found);
    }
  }

  @Test
  void anyTextIsReadWithoutFailure() {
    long seed = Fuzz.seed();
    System.out.println("LanguageNormalizerTest seed " + seed);
    Random random = new Random(seed);
    List<String> pieces =
        new ArrayList<>(
            List.of("0123456789.,:;/-–'\"$£€%°#@*_()+=^ \n abcxyzXVIäßéº½²😀\ud83d你".split("")));
    pieces.addAll(
        List.of(
            "Mai", "maja", "mayo", " Mio. ", "km/h", "z. B.", "1er", "14h30", "Uhr", "zł", " r."));
    for (int round = 0; round < Fuzz.inputs(200); round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      for (String tag : TAGS) {
        checkOffsets(text.toString(), normalizer(tag));
      }
    }
  }

  private Normalizer normalizer(String tag) {
    return normalizers.find(tag).orElseThrow();
  }

  private static String said(Normalizer normalizer, String text) {
    return normalizer.normalize(AnnotatedText.of(text)).text();
  }
}
