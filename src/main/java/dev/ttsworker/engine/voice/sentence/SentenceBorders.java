package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.g2p.Phone;
import java.text.Normalizer;

/// Division points of a sentence of phonemes, and how good they are.
public final class SentenceBorders {
  /// Not here.
  public static final byte NONE = 0;

  /// Between two signs, such as a sound and its length.
  public static final byte SIGN = 1;

  /// Between two sounds of a word.
  public static final byte SOUND = 2;

  /// Between two words.
  public static final byte WORD = 3;

  /// After a mark that makes a pause.
  public static final byte CLAUSE = 4;

  /// Marks that end a clause when a blank follows.
  private static final String SPACED = ",;:.!?-–—…";

  /// Marks that end a clause whatever follows.
  private static final String UNSPACED = "，、；：。！？،؛؟।—…";

  private SentenceBorders() {}

  /// How good the place before each phoneme number is.
  ///
  /// @param phonemes as a [dev.ttsworker.engine.g2p.Phonemizer] gives them
  /// @param starts for each code point, decomposed (NFD), the index of its first number, and one
  ///   more for the end
  /// @param count numbers of the sentence
  /// @return as long as the sentence
  public static byte[] of(String phonemes, int[] starts, int count) {
    String decomposed = Normalizer.normalize(phonemes, Normalizer.Form.NFD);
    int[] signs = decomposed.codePoints().toArray();
    byte[] borders = new byte[count];
    for (int i = 1; i < signs.length; i++) {
      mark(borders, starts[i], kind(signs, i));
    }
    for (Phone sound : Phone.within(decomposed, 0, signs.length)) {
      if (sound.start() > 0) {
        mark(borders, starts[sound.start()], SOUND);
      }
    }
    return borders;
  }

  private static void mark(byte[] borders, int id, byte kind) {
    if (id < borders.length) {
      borders[id] = (byte) Math.max(borders[id], kind);
    }
  }

  private static byte kind(int[] signs, int at) {
    boolean blankBefore = Character.isWhitespace(signs[at - 1]);
    if (Character.isWhitespace(signs[at])) {
      return SIGN;
    }
    if (!blankBefore) {
      return UNSPACED.indexOf(signs[at - 1]) >= 0 ? CLAUSE : SIGN;
    }
    int mark = at - 1;
    while (mark > 0 && Character.isWhitespace(signs[mark])) {
      mark--;
    }
    return SPACED.indexOf(signs[mark]) >= 0 || UNSPACED.indexOf(signs[mark]) >= 0 ? CLAUSE : WORD;
  }
}
