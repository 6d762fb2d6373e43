package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The small rules of words: stress, inflections, alphabets, numbers, parts.
final class WordRulesTest {
  @ParameterizedTest
  @CsvSource({
    "UNCHANGED, ˌæbstɹˈækt, ˌæbstɹˈækt",
    "NONE, ˌæbstɹˈækt, æbstɹækt",
    "REDUCED, ˌæbstɹˈækt, æbstɹˌækt",
    "REDUCED, kæt, kæt",
    "SECONDARY, kæt, kˌæt",
    "SECONDARY, kˈæt, kˌæt",
    "RAISED, kæt, kˌæt",
    "RAISED, kˌæt, kˌæt",
    "PRIMARY, kˌæt, kˈæt",
    "PRIMARY, kæt, kˈæt",
    "PRIMARY, ˌæbstɹˈækt, ˌæbstɹˈækt",
    "PRIMARY, mn, mn"
  })
  void stressIsChanged(Stress stress, String phonemes, String expected) {
    assertEquals(expected, stress.apply(phonemes));
  }

  @ParameterizedTest
  @CsvSource({
    "S, cats, cat",
    "S, buses, bus",
    "S, flies, fly",
    "S, boss's, boss",
    "ED, walked, walk",
    "ED, used, use",
    "ED, stopped, stop",
    "ED, tried, try",
    "ING, making, make",
    "ING, walking, walk",
    "ING, stopping, stop",
    "ING, panicking, panic"
  })
  void stemsAreFound(Inflections kind, String word, String stem) {
    assertEquals(Optional.of(stem), kind.stem(word, Set.of(stem)::contains));
  }

  @ParameterizedTest
  @CsvSource({"S, pass", "S, is", "ED, seed", "ED, add", "ING, sing", "ING, king"})
  void lookalikesHaveNoStem(Inflections kind, String word) {
    assertEquals(
        Optional.empty(), kind.stem(word, Set.of("pas", "i", "se", "ad", "s", "k")::contains));
  }

  @ParameterizedTest
  @CsvSource({
    "S, kˈæt, kˈæts, kˈæts", "S, dˈɔɡ, dˈɔɡz, dˈɔɡz", "S, bˈʌs, bˈʌsᵻz, bˈʌsɪz",
    "ED, wˈɔk, wˈɔkt, wˈɔkt", "ED, nˈid, nˈidᵻd, nˈidɪd", "ED, lˈʌv, lˈʌvd, lˈʌvd",
    "ED, wˈAt, wˈAɾᵻd, wˈAtɪd", "ED, wˈɑnt, wˈɑntᵻd, wˈɑntɪd", "ING, wˈAt, wˈAɾɪŋ, wˈAtɪŋ"
  })
  void endingsSoundByTheirStem(Inflections kind, String stem, String american, String british) {
    assertEquals(Optional.of(american), kind.inflect(stem, Accent.AMERICAN));
    assertEquals(Optional.of(british), kind.inflect(stem, Accent.BRITISH));
  }

  @Test
  void britishHasNoRuleForIngBehindLongVowels() {
    assertEquals(Optional.empty(), Inflections.ING.inflect("stˈɑː", Accent.BRITISH));
  }

  @ParameterizedTest
  @CsvSource({
    "K AE1 T, kˈæt", "B AA1 T ER0, bˈɑɾəɹ", "L IH1 T AH0 L, lˈɪɾᵊl", "B AH1 T AH0 N, bˈʌtᵊn",
    "AH0 B AH1 V, əbˈʌv", "F ER1 S T, fˈɜɹst", "W AA1 N T IH0 D, wˈɑntᵻd", "JH OY1, ʤˈY",
    "HH AW1 S W AY2 F, hˈWswˌIf", "AO1 R AH0 L IY0, ˈɔɹəli"
  })
  void cmuPhonemesAreMapped(String arpabet, String expected) {
    assertEquals(Optional.of(expected), CmuPhonemes.read(arpabet));
  }

  @Test
  void unknownCmuSymbolsAreRefused() {
    assertEquals(Optional.empty(), CmuPhonemes.read("K QQ1 T"));
    assertEquals(Optional.empty(), CmuPhonemes.read("K AE T"));
    assertEquals(Optional.empty(), CmuPhonemes.read(""));
  }

  @ParameterizedTest
  @CsvSource({
    "kˈɑɹ, kˈɑː", "kˈɑɹi, kˈɑːɹi", "fˈɜɹst, fˈɜːst", "bˈɛɾəɹ, bˈɛtə", "ɡˈO, ɡˈQ", "kˈæt, kˈat",
    "hˈɑt, hˈɒt", "sˈi, sˈiː", "hˈæpi, hˈapi", "nˈɪɹ, nˈɪə", "bˈɛɹ, bˈɛː", "mˈɛɹi, mˈɛɹi"
  })
  void americanBecomesBritish(String american, String british) {
    assertEquals(british, BritishPhonemes.ofAmerican(american));
  }

  @Test
  void numbersAreRead() {
    assertEquals(List.of("zero"), Cardinals.words("0"));
    assertEquals(List.of("forty", "two"), Cardinals.words("42"));
    assertEquals(
        List.of("one", "million", "two", "hundred", "thousand", "thirteen"),
        Cardinals.words("1200013"));
    assertEquals(List.of("zero", "zero", "seven"), Cardinals.words("007"));
    assertEquals(13, Cardinals.words("1234567890123").size());
  }

  @Test
  void wordsAreDividedAtChangesOfCaseAndKind() {
    assertEquals(List.of("XML", "Http", "Request"), UnknownWords.parts("XMLHttpRequest"));
    assertEquals(List.of("B", "2", "B"), UnknownWords.parts("B2B"));
    assertEquals(List.of("McZorb"), UnknownWords.parts("McZorb"));
    assertEquals(List.of("O'Zorb"), UnknownWords.parts("O'Zorb"));
    assertEquals(List.of("ab", "cd"), UnknownWords.parts("ab_cd."));
    assertEquals(List.of(), UnknownWords.parts("–…"));
  }
}
