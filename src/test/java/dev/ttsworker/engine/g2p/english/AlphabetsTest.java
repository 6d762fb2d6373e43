package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Authored IPA into this alphabet, and this alphabet into that of eSpeak NG.
final class AlphabetsTest {
  @ParameterizedTest
  @CsvSource({
    "ˈtʃeɪndʒ, ʧˈAnʤ, ʧˈAnʤ", "t͡ʃaɪ, ʧI, ʧI", "ɡəʊ, ɡO, ɡQ", "ɡoʊ, ɡO, ɡQ", "haʊs, hWs, hWs",
    "bɔɪ, bY, bY", "ˈnɜːs, nˈɜɹs, nˈɜːs", "lɛtɚ, lɛtəɹ, lɛtəɹ", "ˈhɒt, hˈɑt, hˈɒt", "kæt, kæt, kat",
    "ˈsiː, sˈi, sˈiː", "bʌtn̩, bʌtᵊn, bʌtᵊn", "ˈbɛd, bˈɛd, bˈɛd", "bed, bɛd, bɛd",
        "ˌriˈdu, ɹˌidˈu, ɹˌidˈu",
    "ˈstrɪŋ, stɹˈɪŋ, stɹˈɪŋ", "wɔɾɚ, wɔTəɹ, wɔtəɹ", "fɛə, fɛə, fɛə", "ɡet, ɡɛt, ɡɛt",
        "get, ɡɛt, ɡɛt"
  })
  void ipaIsMapped(String ipa, String american, String british) {
    assertEquals(american, EnglishIpa.toAlphabet(ipa, "en-us"));
    assertEquals(british, EnglishIpa.toAlphabet(ipa, "en-gb"));
  }

  @Test
  void signsThatAreNoPhonemesAreReportedAndDropped() {
    assertEquals("kæt", EnglishIpa.toAlphabet("k.æ/t3", "en-us"));
    assertEquals(List.of(".", "3", "ʘ"), EnglishIpa.unknown("k.æt3ʘ", "en-us", c -> c < 'ʘ'));
    assertEquals(
        List.of(), EnglishIpa.unknown("ˈkeɪt dɒɡ", "en-us", c -> "kAtdˈɑɡ".indexOf(c) >= 0));
  }

  private static String espeak(String phonemes, String variety) {
    return new EspeakAlphabet((_, _) -> new PhonemizedText(List.of(phonemes), List.of()), variety)
        .convert("", List.of())
        .sentences()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "fˈɜɹst, fˈɜːst", "wˈɔTəɹ, wˈɔːɾɚ", "kˈɑɹ, kˈɑːɹ", "fˈɔɹ, fˈoːɹ", "nˈAm, nˈeɪm", "ʤˈʌʤ, dʒˈʌdʒ",
    "ʧˈIm, tʃˈaɪm", "əɡˈO, ɐɡˈoʊ", "ˈæpᵊl, ˈæpəl", "hˈæpi, hˈæpi", "sˈi, sˈiː", "ɹˈIT, ɹˈaɪɾ",
    "ɹˌidˈu, ɹˌiːdˈuː", "miˈOz, miˈoʊz", "fˈɛɹi kˈæt., fˈɛɹi kˈæt."
  })
  void americanIsRespelled(String own, String expected) {
    assertEquals(expected, espeak(own, "en-us"));
  }

  @ParameterizedTest
  @CsvSource({"ɡˈQ, ɡˈəʊ", "fˈɛː, fˈeə", "fˈɜːst, fˈɜːst", "əɡˈQ, ɐɡˈəʊ", "nˈAm, nˈeɪm"})
  void britishIsRespelled(String own, String expected) {
    assertEquals(expected, espeak(own, "en-gb"));
  }

  @Test
  void spansFollow() {
    PhonemizedText own =
        new PhonemizedText(
            List.of("nˈAm bˈɜɹd."), List.of(new PhonemeSpan(0, 0, 4), new PhonemeSpan(0, 5, 10)));
    PhonemizedText made =
        new EspeakAlphabet((_, _) -> own, "en-us").convert("name bird.", List.of());
    assertEquals(List.of("nˈeɪm bˈɜːd."), made.sentences());
    assertEquals(List.of(new PhonemeSpan(0, 0, 5), new PhonemeSpan(0, 6, 11)), made.spans());
  }
}
