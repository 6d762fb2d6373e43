package dev.ttsworker.engine.assembly;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A toy front end, made of nothing but the API of front ends: a few letters in Morse code, a blank
/// between words.
final class MorseFrontEnd implements FrontEnd {
  private static final Map<Character, String> CODE = Map.of('s', "...", 'o', "---", 'e', ".");

  @Override
  public String name() {
    return "morse";
  }

  @Override
  public GraphemeToPhoneme open(String variety) {
    return MorseFrontEnd::convert;
  }

  private static PhonemizedText convert(String text, List<SpokenWord> words) {
    StringBuilder phonemes = new StringBuilder();
    List<PhonemeSpan> spans = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      int start = phonemes.length();
      for (char letter : word.toLowerCase(Locale.ROOT).toCharArray()) {
        phonemes.append(CODE.getOrDefault(letter, ""));
      }
      spans.add(new PhonemeSpan(0, start, phonemes.length()));
      phonemes.append(' ');
    }
    return new PhonemizedText(List.of(phonemes.toString()), words.isEmpty() ? List.of() : spans);
  }
}
