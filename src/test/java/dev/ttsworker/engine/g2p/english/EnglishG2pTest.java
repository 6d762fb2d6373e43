package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.SpokenWord.Pronunciation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnglishG2pTest {
  @TempDir static Path folder;
  private static GraphemeToPhoneme us;
  private static GraphemeToPhoneme gb;

  @BeforeAll
  static void open() throws IOException {
    EnglishFrontEnd frontEnd = new EnglishFrontEnd(TinyEnglish.data(folder));
    us = frontEnd.open("en-us");
    gb = frontEnd.open("EN-GB");
  }

  private static String read(String text) {
    return String.join(" | ", us.convert(text, List.of()).sentences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "The cat. = ðə kˈæt.",
        "the apple = ði ˈæpᵊl",
        "to the cat = tə ðə kˈæt",
        "to it = tʊ ɪt",
        "to. = tu.",
        "in it = ɪn ɪt",
        "a cat = ɐ kˈæt",
        "I used to stop = ˌI jˈust tə stˈɑp",
        "I used the cat = ˌI jˈuzd ðə kˈæt",
        "I have. = ˌI hˈæv.",
        "have it = hæv ɪt",
        "the permit = ðə pˈɜɹmɪt",
        "to permit = tə pəɹmˈɪt",
        "cats and dogs = kˈæts ænd dˈɔɡz",
        "Dogs! = dˈɔɡz!",
        "the dog's bus = ðə dˈɔɡz bˈʌs",
        "the buses' cat = ðə bˈʌsᵻz kˈæt",
        "waited waiting stopped = wˈATᵻd wˈATɪŋ stˈɑpt",
        "water button = wˈɔTəɹ bˈʌtn",
        "it's don't = ɪts dˈOnt",
        "it’s don’t = ɪts dˈOnt",
        "well-known big-known = wˌɛlnˈOn bˌɪɡnˈOn",
        "ABC U.S. = ˌAbˌisˈi jˌuˈɛs.",
        "AD = ˌAdˈi",
        "NASA CAT = nˈæsə kˈæt",
        "paris Paris = pˈɛɹəs pˈɛɹəs",
        "Smith Smiths IKEA = smˈɪθ smˈɪθs Ikˈiə",
        "Carter's = kˈɑɹTəɹz",
        "42 = fˈɔɹTi tˈu",
        "naïve = nɑˈiv",
        "baz baz's zab = bæz bæzᵻz zæb",
        "the vs it = ðə vˈɜɹsəs ɪt",
      })
  void textIsRead(String text, String phonemes) {
    assertEquals(phonemes, read(text.strip()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "\"Hello,\" (cat) = “həlˈO,” (kˈæt)",
        "[cat] {dog} = (kˈæt) (dˈɔɡ)",
        "cat – dog - bus -- cat = kˈæt — dˈɔɡ — bˈʌs — kˈæt",
        "cat—dog = kˈæt—dˈɔɡ",
        "cat; dog: bus... cat… = kˈæt; dˈɔɡ: bˈʌs... kˈæt…",
        "the 'cat' = ðə kˈæt",
        "cat/dog = kˈæt dˈɔɡ",
        "cat * # ~ dog = kˈæt dˈɔɡ",
        "cat & 42% = kˈæt ænd fˈɔɹTi tˈu pəɹsˈɛnt",
      })
  void punctuationIsKept(String text, String phonemes) {
    assertEquals(phonemes, read(text.strip()));
  }

  @Test
  void britishHasItsOwnLexicon() {
    assertEquals(
        List.of("ðə kˈats wˈAtɪd."), gb.convert("The cats waited.", List.of()).sentences());
    assertEquals(List.of("kˈɑːtə"), gb.convert("Carter", List.of()).sentences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "Hello. The cat! A dog? It. = həlˈO. | ðə kˈæt! | ɐ dˈɔɡ? | ˌɪt.",
        "\"Hello!\" the cat. = “həlˈO!” ðə kˈæt.",
        "Hello.\" The cat = həlˈO.” | ðə kˈæt",
        "Hello (cat.) The dog = həlˈO (kˈæt.) | ðə dˈɔɡ",
      })
  void sentencesAreDivided(String text, String phonemes) {
    assertEquals(phonemes, read(text.strip()));
  }

  @Test
  void emptyLinesDivide() {
    assertEquals("həlˈO | ðə kˈæt", read("hello\n\nthe cat"));
    assertEquals("həlˈO ðə kˈæt", read("hello\nthe cat"));
  }

  private static List<SpokenWord> words(String... words) {
    return Arrays.stream(words).map(word -> new SpokenWord(word, 0, 0)).toList();
  }

  private static SpokenWord override(String said, String ipa) {
    return new SpokenWord(said, 0, 0, Optional.of(new Pronunciation(said, ipa)));
  }

  private static List<String> spoken(PhonemizedText read) {
    List<String> parts = new ArrayList<>();
    for (PhonemeSpan span : read.spans()) {
      parts.add(
          read.sentences().isEmpty()
              ? ""
              : read.sentences().get(span.sentence()).substring(span.start(), span.end()));
    }
    return parts;
  }

  @Test
  void eachWordHasItsSpan() {
    PhonemizedText read =
        us.convert(
            "“Hello,” the well-known cat. Dogs * it's!",
            words("“Hello,”", "the", "well-known", "cat.", "Dogs", "*", "it's!"));
    assertEquals(List.of("həlˈO", "ðə", "wˌɛlnˈOn", "kˈæt", "dˈɔɡz", "", "ɪts"), spoken(read));
    assertEquals(1, read.spans().get(4).sentence());
  }

  @Test
  void partsOfACompoundMayBeWords() {
    PhonemizedText read =
        us.convert("the big-known cat 42", words("the", "big-", "known", "cat", "42"));
    assertEquals(List.of("ðə", "bˌɪɡ", "nˈOn", "kˈæt", "fˈɔɹTi tˈu"), spoken(read));
  }

  @Test
  void aWordThatTheTextLacksHasNoLength() {
    PhonemizedText read = us.convert("the cat", words("the", "zebra", "cat"));
    assertEquals(List.of("ðə", "", "kˈæt"), spoken(read));
  }

  @Test
  void overridesReplaceTheirWordOnly() {
    PhonemizedText read =
        us.convert(
            "the cat's dog.",
            List.of(
                words("the").get(0),
                override("cat", "ˈkeɪt"),
                words("'s", "dog.").get(0),
                words("dog.").get(0)));
    assertEquals(List.of("ðə kˈAts dˈɔɡ."), read.sentences());
    assertEquals("kˈAt", spoken(read).get(1));
    assertEquals("dˈɔɡ", spoken(read).get(3));
  }

  @ParameterizedTest
  @CsvSource({"ˈkæt, kˈæts", "ˈdɔɡ, dˈɔɡz", "ˈbʌs, bˈʌsᵻz"})
  void theEndingBehindAnOverrideFollowsItsSound(String ipa, String phonemes) {
    assertEquals(
        List.of(phonemes + " ɪt"),
        us.convert("cat's it", List.of(override("cat", ipa))).sentences());
  }

  @Test
  void anOverrideSoundsForTheWordBefore() {
    PhonemizedText read =
        us.convert("the dog", List.of(words("the").get(0), override("dog", "ˈæp")));
    assertEquals(List.of("ði ˈæp"), read.sentences());
  }

  @Test
  void anEmptyOverrideIsTheWordInIsolation() {
    assertEquals(
        List.of("ðˈi kˈæt"), us.convert("the cat", List.of(override("the", ""))).sentences());
    assertEquals(List.of("ˈA kˈæt"), us.convert("a cat", List.of(override("a", ""))).sentences());
    assertEquals(
        List.of("tˈu kˈæt"), us.convert("to cat", List.of(override("to", ""))).sentences());
  }

  @Test
  void anOverrideMayBeOfSeveralWords() {
    PhonemizedText read =
        us.convert(
            "the big cat it",
            List.of(words("the").get(0), override("big cat", "bɪɡ ˈdɔɡ"), words("it").get(0)));
    assertEquals(List.of("ðə bɪɡ dˈɔɡ ɪt"), read.sentences());
    assertEquals(List.of("ðə", "bɪɡ dˈɔɡ", "ɪt"), spoken(read));
  }

  @Test
  void unknownSymbolsOfOverridesStayToBeReported() {
    PhonemizedText read = us.convert("cat", List.of(override("cat", "kǂat")));
    assertEquals(List.of("kǂæt"), read.sentences());
    assertEquals(List.of("ǂ"), EnglishIpa.unknown("kǂat", "en-us", c -> "kæt".indexOf(c) >= 0));
  }

  @Test
  void correctionsComeBeforeTheLexicons() {
    assertEquals(List.of("lˌɔs ˈænʤələs"), us.convert("Los Angeles", List.of()).sentences());
    assertEquals(List.of("ʃɪvˈɔːn"), gb.convert("Siobhan", List.of()).sentences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait B.A. | wˈAt bˌiˈA.",
        "wait B.A.! | wˈAt bˌiˈA!",
        "B.A. wait | bˌiˈA wˈAt",
        "wait B.A | wˈAt bˌiˈA",
      })
  void theStopOfAnAbbreviationAlsoEndsItsSentence(String text, String phonemes) {
    assertEquals(List.of(phonemes), us.convert(text, List.of()).sentences());
  }

  @ParameterizedTest
  @ValueSource(strings = {"日本", "مرحبا", "Привет", "कल"})
  void wordsOfOtherScriptsStayToBeReported(String word) {
    assertEquals(List.of("\uFFFD"), us.convert(word, List.of()).sentences());
    String cat = us.convert("cat", List.of()).sentences().getFirst();
    assertEquals(
        List.of(cat + " \uFFFD " + cat), us.convert("cat " + word + " cat", List.of()).sentences());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "*", "...", "!!! ?", "\u0000\u0007", "😀 🎉"})
  void nothingToPronounceIsNoSentence(String text) {
    PhonemizedText read = us.convert(text, words("x"));
    assertEquals(List.of(), read.sentences());
    assertEquals(List.of(new PhonemeSpan(0, 0, 0)), read.spans());
  }

  @Test
  void signsWithoutASoundAreSilent() {
    assertEquals("kˈæt dˈɔɡ", read("cat 😀 \uD800 dog"));
    assertEquals("kˈæt dˈɔɡ", read("cat😀 dog"));
  }

  @Test
  void longSentencesAreDividedAtPunctuation() {
    String text = "the cat, the big dog, ".repeat(60);
    PhonemizedText read = us.convert(text, List.of());
    assertTrue(read.sentences().size() > 2);
    for (String sentence : read.sentences()) {
      assertTrue(sentence.length() <= 400, sentence);
      assertTrue(sentence.endsWith(","), sentence);
    }
    assertEquals("ðə kˈæt, ðə bˈɪɡ dˈɔɡ, ".repeat(60).strip(), String.join(" ", read.sentences()));
  }

  @Test
  void oneVeryLongWordIsDividedAnywhere() {
    String word = "baz".repeat(1_700);
    PhonemizedText read = us.convert("cat " + word + " dog", words("cat", word, "dog"));
    assertEquals(
        "bæz".repeat(1_700), String.join("", read.sentences()).replaceAll("kˈæt|dˈɔɡ| ", ""));
    read.sentences().forEach(sentence -> assertTrue(sentence.length() <= 400));
    assertEquals("dˈɔɡ", spoken(read).get(2));
    for (String odd :
        new String[] {
          "a-".repeat(2_500),
          "a1".repeat(2_500),
          "'".repeat(5_000),
          "A".repeat(5_000),
          "a.".repeat(2_500),
          "(".repeat(5_000),
          "cat ".repeat(2_000)
        }) {
      us.convert(odd, words(odd)).sentences().forEach(s -> assertTrue(s.length() <= 400));
    }
  }

  @Test
  void virtualThreadsGetTheSame() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(threads.submit(() -> read("the baz cat's apple zab")));
      }
      for (Future<String> one : all) {
        assertEquals("ðə bæz kˈæts ˈæpᵊl zæb", one.get());
      }
    }
  }
}
