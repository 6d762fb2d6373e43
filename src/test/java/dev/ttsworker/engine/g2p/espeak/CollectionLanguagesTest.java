package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Languages of the stock Piper voices: eSpeak NG, as it is built in, has a voice for each of them
/// that reads a word of it.
final class CollectionLanguagesTest {
  /// Code of the collection, the `espeak.voice` that voices of it have, a word.
  private static final String LANGUAGES =
      """
      ar_JO ar مرحبا
      bg_BG bg здравей
      bn_BD bn নমস্কার
      ca_ES ca bonjour
      cs_CZ cs ahoj
      cy_GB cy helo
      da_DK da goddag
      de_DE de hallo
      el_GR el γειά
      en_GB en-gb-x-rp hello
      en_US en-us hello
      es_AR es-419 hola
      es_ES es hola
      es_MX es-419 hola
      et_EE et tere
      eu_ES eu kaixo
      fa_IR fa سلام
      fi_FI fi hei
      fr_FR fr bonjour
      he_IL he שלום
      hi_IN hi नमस्ते
      hu_HU hu szia
      hy_AM hy բարեւ
      id_ID id halo
      is_IS is halló
      it_IT it ciao
      ja_JA ja こんにちは
      ka_GE ka გამარჯობა
      kk_KZ kk сәлем
      ko_KR ko 안녕하세요
      ku_TR ku silav
      lb_LU lb moien
      lv_LV lv sveiki
      ml_IN ml നമസ്കാരം
      mr_IN mr नमस्कार
      ne_NP ne नमस्ते
      nl_BE nl hallo
      nl_NL nl hallo
      no_NO nb hei
      pl_PL pl cześć
      pt_BR pt-br olá
      pt_PT pt olá
      ro_RO ro salut
      ru_RU ru привет
      sk_SK sk ahoj
      sl_SI sl zdravo
      sq_AL sq përshëndetje
      sr_RS sr здраво
      sv_SE sv hej
      sw_CD sw jambo
      te_IN te నమస్కారం
      th_TH th สวัสดี
      tr_TR tr merhaba
      uk_UA uk привіт
      ur_PK ur سلام
      vi_VN vi chào
      zh_CN cmn 你好
      """;

  private static EspeakPool pool;

  private record Language(String code, String espeakVoice, String word) {}

  @BeforeAll
  static void start() {
    pool = NativeFolder.pool(1);
  }

  @AfterAll
  static void stop() {
    pool.close();
  }

  private static List<Language> languages() {
    return LANGUAGES
        .lines()
        .map(line -> line.split(" "))
        .map(parts -> new Language(parts[0], parts[1], parts[2]))
        .toList();
  }

  @Test
  void listHasEveryCodeOfTheIndex() {
    Set<String> codes =
        PiperCollection.builtIn().voices().stream()
            .map(voice -> voice.language().code())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(codes, languages().stream().map(Language::code).collect(Collectors.toSet()));
  }

  @Test
  void everyLanguageHasAVoiceThatReads() {
    List<String> failures = new ArrayList<>();
    for (Language language : languages()) {
      try {
        List<String> phonemes = pool.forVoice(language.espeakVoice()).phonemize(language.word());
        if (phonemes.stream().allMatch(String::isBlank)) {
          failures.add(language + " says nothing");
        }
      } catch (WorkerException e) {
        failures.add(language + ": " + e.getMessage());
      }
    }
    assertEquals(List.of(), failures);
  }

  @Test
  void voicesReadDifferently() {
    assertEquals(List.of("bɔ̃ʒˈuʁ"), pool.forVoice("fr").phonemize("bonjour"));
    assertFalse(
        pool.forVoice("en-us")
            .phonemize("bath")
            .equals(pool.forVoice("en-gb-x-rp").phonemize("bath")));
  }

  @Test
  void languageThatEspeakLacksIsNamed() {
    WorkerException refused = assertThrows(WorkerException.class, () -> pool.forVoice("tlh-none"));
    assertEquals(ErrorCode.INVALID_VOICEPACK, refused.code());
    assertTrue(refused.getMessage().contains("tlh-none"), refused.getMessage());
  }
}
