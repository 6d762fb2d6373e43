package dev.ttsworker.engine.g2p;

import dev.ttsworker.engine.text.SpokenWord;

/// Grapheme front end, for voices trained on letters: each code point of the text is a phoneme.
public final class LetterFrontEnd implements FrontEnd {
  @Override
  public String name() {
    return FrontEnds.LETTERS;
  }

  @Override
  public GraphemeToPhoneme open(String variety) {
    GraphemeToPhoneme letters = new Pronouncer(new CodePointPhonemizer());
    return (text, words) ->
        letters.convert(text, words.stream().map(LetterFrontEnd::withoutOverride).toList());
  }

  /// A voice trained on letters cannot pronounce IPA.
  private static SpokenWord withoutOverride(SpokenWord word) {
    return new SpokenWord(word.said(), word.sourceStart(), word.sourceEnd());
  }
}
