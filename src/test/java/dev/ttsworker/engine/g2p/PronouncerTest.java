package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.SpokenWord.Pronunciation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PronouncerTest {
  private static final EspeakPool POOL = NativeFolder.pool(1);
  private static final Phonemizer ENGLISH = POOL.forVoice("en-us");

  @AfterAll
  static void close() {
    POOL.close();
  }

  /// A word with phonemes is written `word=phonemes`, one that sounds as it does alone `word=`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Say tomato=təˈmɑːtəʊ , not tomato. | sˈeɪ təˈmɑːtəʊ, nˌɑːt təmˈeɪɾoʊ.",
        "of the=ðiː end | ʌvðiː ˈɛnd",
        "You can= do it. | juː kˈæn dˈuː ɪt.",
        "la=xx | xx",
        "It costs 42 dollars=dɒ in la=lˈi ! | ɪt kˈɔsts fˈoːɹɾi tˈuː dɒ ɪn lˈi!",
        "Yes. No=noʊ , never! Why=waɪ ? | jˈɛs. / noʊ, nˈɛvɚ! / waɪ?",
      })
  void wordsSoundAsAsked(String marked, String expected) {
    List<SpokenWord> words =
        Arrays.stream(marked.split(" "))
            .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
            .map(word -> {
              int equals = word.indexOf('=');
              String said = equals < 0 ? word : word.substring(0, equals);
              return new SpokenWord(
                  said,
                  0,
                  0,
                  equals < 0
                      ? Optional.empty()
                      : Optional.of(new Pronunciation(said, word.substring(equals + 1))));
            })
            .toList();
    String text = marked.replaceAll("=\\S*( (?=[.,!?]))?", "");
    PhonemizedText pronounced = new Pronouncer(ENGLISH).convert(text, words);
    assertEquals(
        expected,
        String.join(" / ", pronounced.sentences().stream().map(String::strip).toList()),
        text);
    for (int i = 0; i < words.size(); i++) {
      Optional<String> asked = words.get(i).phonemes().filter(ipa -> !ipa.isEmpty());
      if (asked.isPresent()) {
        PhonemeSpan place = pronounced.spans().get(i);
        int[] points = pronounced.sentences().get(place.sentence()).codePoints().toArray();
        assertEquals(
            asked.get(), new String(points, place.start(), place.end() - place.start()), text);
      }
    }
    assertTrue(words.size() == pronounced.spans().size());
  }
}
