package dev.ttsworker.engine.voice.sentence;

import java.text.Normalizer;

/// Pause punctuation: the marks inside a sentence at which a pause may be added, those behind which
/// more is said. Of several that follow each other the last one counts.
public final class PausePunctuation {
  public static final byte NONE = 0;
  public static final byte COMMA = 1;
  public static final byte CLAUSE = 2;

  private static final String COMMAS = ",，、،";
  private static final String CLAUSES = ";:–—…；：؛";
  private static final String ENDS = ".!?。！？।؟۔";

  private PausePunctuation() {}

  /// What mark each phoneme number is the first one of.
  ///
  /// @param phonemes as a [dev.ttsworker.engine.g2p.Phonemizer] gives them
  /// @param starts for each code point, decomposed (NFD), the index of its first number, and one
  ///   more for the end
  /// @param count numbers of the sentence
  /// @return as long as the sentence
  public static byte[] of(String phonemes, int[] starts, int count) {
    int[] signs = Normalizer.normalize(phonemes, Normalizer.Form.NFD).codePoints().toArray();
    byte[] marks = new byte[count];
    boolean saidBehind = false;
    for (int i = signs.length - 1; i >= 0; i--) {
      byte kind = kind(signs[i]);
      if (kind != NONE && saidBehind && starts[i + 1] > starts[i]) {
        marks[starts[i]] = kind;
      }
      boolean silent = kind != NONE || ENDS.indexOf(signs[i]) >= 0;
      saidBehind = !silent && (saidBehind || !Character.isWhitespace(signs[i]));
    }
    return marks;
  }

  private static byte kind(int sign) {
    if (COMMAS.indexOf(sign) >= 0) {
      return COMMA;
    }
    return CLAUSES.indexOf(sign) >= 0 ? CLAUSE : NONE;
  }
}
