package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordAlignerTest {
  private static final EspeakPool POOL = NativeFolder.pool(1);
  private static final Phonemizer ENGLISH = POOL.forVoice("en-us");

  @AfterAll
  static void close() {
    POOL.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Hello, world!| həlˈoʊ / wˈɜːld",
        "the end of the road in the town| ðɪ / ˈɛnd / ʌv / ðə / ɹˈoʊd / ɪn / ðə / tˈaʊn",
        "It was a pity, I am sure.| ɪt / wʌz / ɐ / pˈɪɾi / aɪ / ɐm / ʃˈʊɹ",
        "Is he out of it? He had been there.| ɪz / hiː / ˌaʊɾ / əv / ɪt / hiː / hɐd / bɪn / ðˈɛɹ",
        "on 42 Main St.| ˌɔn / fˈoːɹɾi tˈuː / mˈeɪn / stɹˌiːt",
        "of the 42 in the| ʌv / ðə / fˈoːɹɾi tˈuː / ɪn / ðə",
        "That is 50 % of it – really!| ðæt / ɪz / fˈɪfti / pɚsˈɛnt / ʌv / ɪt / - / ɹˈiəli",
        "- We like A & B.| - / wiː / lˈaɪk / ˈeɪ / ɐnd / bˈiː",
        "At e.g. the U.S. store.| æt / fˌɔːɹɛɡzˈæmpəl / ðə / jˌuːˈɛs / stˈoːɹ",
        "Dr. Smith asked NASA and the FBI.| dˈɑːktɚ / smˈɪθ / ˈæskt / nˈæsɐ / ænd / ðɪ / ˌɛfbˌiːˈaɪ",
        "I paid $4.50 for a well-known state-of-the-art thing.|"
            + " aɪ / pˈeɪd / dˈɑːlɚ fˈoːɹ pɔɪnt fˈaɪv zˈiəɹoʊ / fɚɹ / ə / wˈɛlnˈoʊn"
            + " / stˈeɪɾʌvðɪˈɑːɹt / θˈɪŋ",
      })
  void wordsFindTheirPhonemes(String text, String expected) {
    List<String> words = Arrays.asList(text.split(" "));
    assertEquals(expected, shown(ENGLISH.phonemize(text), words));
  }

  @Test
  void wordsOfSeveralSentencesKnowTheirs() {
    List<String> sentences = ENGLISH.phonemize("Yes. No, never! Why?");
    assertEquals(
        List.of(
            new PhonemeSpan(0, 0, 4),
            new PhonemeSpan(1, 0, 4),
            new PhonemeSpan(1, 6, 11),
            new PhonemeSpan(2, 0, 4)),
        new WordAligner(ENGLISH).align(sentences, List.of("Yes.", "No,", "never!", "Why?")),
        sentences::toString);
  }

  @Test
  void noSoundsAndNoWordsAreNoTrouble() {
    WordAligner aligner = new WordAligner(ENGLISH);
    assertEquals(List.of(), aligner.align(List.of("a b"), List.of()));
    assertEquals(List.of(new PhonemeSpan(0, 0, 0)), aligner.align(List.of(), List.of("a")));
    assertEquals(List.of(new PhonemeSpan(0, 0, 3)), aligner.align(List.of("a b"), List.of("–")));
  }

  @Test
  void wordThatCannotBeReadAloneCostsNothing() {
    Phonemizer fragile =
        text -> {
          throw new WorkerException(ErrorCode.INTERNAL, "eSpeak NG cannot read a text");
        };
    assertEquals(
        List.of(new PhonemeSpan(0, 0, 2), new PhonemeSpan(0, 2, 5)),
        new WordAligner(fragile).align(List.of("ɒfðəm"), List.of("of", "them")));
  }

  @Test
  void placesAreInOrderWhateverTheText() {
    String[] pieces = {
      "of",
      "the",
      "in",
      "42",
      "e.g.",
      "–",
      "&",
      "A.",
      "3.5%",
      "don't",
      "to",
      "be",
      "NASA",
      "x²",
      "http://a.b/c?d=1",
      "1984,",
      "…",
      "\"so\"",
      "(been)",
      "!",
      "km/h",
      "猫",
      "naïve",
      "#tag"
    };
    WordAligner aligner = new WordAligner(ENGLISH);
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> words = random.ints(8, 0, pieces.length).mapToObj(i -> pieces[i]).toList();
      List<String> sentences = ENGLISH.phonemize(String.join(" ", words));
      List<PhonemeSpan> places = aligner.align(sentences, words);
      assertEquals(words.size(), places.size());
      for (int i = 1; i < places.size(); i++) {
        PhonemeSpan before = places.get(i - 1);
        PhonemeSpan place = places.get(i);
        assertTrue(
            place.sentence() > before.sentence()
                || (place.sentence() == before.sentence() && place.start() >= before.end()),
            () -> "%s %s %s".formatted(words, sentences, places));
      }
    }
  }

  @Test
  void rowsTooLongToBeLaidBesideEachOtherAreSharedOut() {
    int[] left = new int[3_000];
    int[] right = new int[1_500];
    int[] owners = PhoneAlignment.owners(left, right);
    assertEquals(0, owners[0]);
    assertEquals(1_500, owners[750]);
    assertEquals(2_998, owners[1_499]);
  }

  private static String shown(List<String> sentences, List<String> words) {
    List<String> shown = new ArrayList<>();
    for (PhonemeSpan place : new WordAligner(ENGLISH).align(sentences, words)) {
      int[] phonemes = sentences.get(place.sentence()).codePoints().toArray();
      shown.add(
          place.end() == place.start()
              ? "-"
              : new String(phonemes, place.start(), place.end() - place.start()));
    }
    return String.join(" / ", shown);
  }
}
