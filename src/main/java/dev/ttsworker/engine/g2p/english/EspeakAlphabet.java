package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// English front end for voices that were trained on the IPA of eSpeak NG, such as Piper's: the
/// same phonemes in the spelling of `en-us` or `en-gb-x-rp`. Thread-safe.
public final class EspeakAlphabet implements GraphemeToPhoneme {
  private static final Map<Character, String> COMMON =
      Map.of(
          'A', "eɪ", 'I', "aɪ", 'W', "aʊ", 'Y', "ɔɪ", 'ʤ', "dʒ", 'ʧ', "tʃ", 'T', "ɾ", 'ᵊ', "ə", 'O',
          "oʊ", 'Q', "əʊ");

  private final GraphemeToPhoneme english;
  private final boolean british;

  /// A front end that respells another one's phonemes.
  ///
  /// @param english from [EnglishFrontEnd]
  /// @param variety its variety, `en-us` or `en-gb`
  public EspeakAlphabet(GraphemeToPhoneme english, String variety) {
    this.english = english;
    this.british = Accent.of(variety) == Accent.BRITISH;
  }

  @Override
  public PhonemizedText convert(String text, List<SpokenWord> words) {
    PhonemizedText own = english.convert(text, words);
    List<String> sentences = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (String sentence : own.sentences()) {
      int[] starts = new int[sentence.length() + 1];
      sentences.add(respell(sentence, starts));
      places.add(starts);
    }
    List<PhonemeSpan> spans = new ArrayList<>();
    for (PhonemeSpan span : own.spans()) {
      spans.add(sentences.isEmpty() ? span : moved(span, places.get(span.sentence())));
    }
    return new PhonemizedText(sentences, spans);
  }

  private static PhonemeSpan moved(PhonemeSpan span, int[] starts) {
    return new PhonemeSpan(span.sentence(), starts[span.start()], starts[span.end()]);
  }

  /// A sentence in the spelling of eSpeak NG.
  ///
  /// @param starts receives where each character of the sentence begins now, and the end
  String respell(String sentence, int[] starts) {
    StringBuilder made = new StringBuilder();
    int at = 0;
    while (at < sentence.length()) {
      String spelled = british ? british(sentence, at) : american(sentence, at);
      int taken = !british && takesR(sentence, at) ? 2 : 1;
      for (int i = 0; i < taken; i++) {
        starts[at + i] = made.length() + (i == 0 ? 0 : Math.min(1, spelled.length()));
      }
      made.append(spelled);
      at += taken;
    }
    starts[sentence.length()] = made.length();
    return made.toString();
  }

  /// ɜɹ and əɹ are one symbol.
  private static boolean takesR(String sentence, int at) {
    char c = sentence.charAt(at);
    return (c == 'ɜ' || c == 'ə') && at + 1 < sentence.length() && sentence.charAt(at + 1) == 'ɹ';
  }

  private static String american(String sentence, int at) {
    char c = sentence.charAt(at);
    boolean r = at + 1 < sentence.length() && sentence.charAt(at + 1) == 'ɹ';
    boolean linking = r && Phonemes.isVowelAt(sentence, at + 2);
    return switch (c) {
      case 'ɜ' -> r ? (linking ? "ɜːɹ" : "ɜː") : "ɜ";
      case 'ə' -> r ? (linking ? "ɚɹ" : "ɚ") : startsWord(sentence, at) ? "ɐ" : "ə";
      case 'ɔ' -> r ? "oː" : "ɔː";
      case 'ɑ', 'u' -> c + "ː";
      case 'i' -> longI(sentence, at) ? "iː" : "i";
      default -> COMMON.getOrDefault(c, String.valueOf(c));
    };
  }

  private static String british(String sentence, int at) {
    char c = sentence.charAt(at);
    boolean isLong = at + 1 < sentence.length() && sentence.charAt(at + 1) == 'ː';
    return switch (c) {
      case 'ə' -> startsWord(sentence, at) ? "ɐ" : "ə";
      case 'ɛ' -> isLong ? "eə" : "ɛ";
      case 'ː' -> at > 0 && sentence.charAt(at - 1) == 'ɛ' ? "" : "ː";
      case 'a' -> "a";
      default -> COMMON.getOrDefault(c, String.valueOf(c));
    };
  }

  /// Short at the end of a word without stress, and before a vowel.
  private static boolean longI(String sentence, int at) {
    boolean stressed = at > 0 && Phonemes.isStress(sentence.charAt(at - 1));
    boolean last = at + 1 == sentence.length() || !isPhoneme(sentence.charAt(at + 1));
    return stressed || (!last && !Phonemes.isVowelAt(sentence, at + 1));
  }

  private static boolean startsWord(String sentence, int at) {
    return at == 0 || !isPhoneme(sentence.charAt(at - 1));
  }

  private static boolean isPhoneme(char c) {
    return Character.isLetter(c) || Phonemes.isStress(c) || c == 'ː';
  }
}
