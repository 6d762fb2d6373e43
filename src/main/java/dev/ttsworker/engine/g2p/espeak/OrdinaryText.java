package dev.ttsworker.engine.g2p.espeak;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/// Text classifier: distinguishes text as people write it, in any language, from text that may
/// crash eSpeak NG. All known crashing texts have runs of signs, endless words, or words that mix
/// scripts or have full stops and long runs of letters: none is ordinary. A process of its own
/// reads other text.
final class OrdinaryText {
  private static final int MAX_WORD_LETTERS = 40;
  private static final int MAX_WORD_BYTES = 120;
  private static final int MAX_DIGITS = 15;
  private static final int MAX_STOPS = 8;
  private static final int MAX_MARKS_IN_A_ROW = 3;
  private static final int MAX_SIGNS_IN_A_ROW = 3;

  private static final String SIGNS =
      ".,;:!?'\"()-/%&$+=@#*" + "…–—’‘“”„«»¿¡€£°" + "。，！？、：；（）「」『』《》" + "؟،؛।";

  /// Scripts that Japanese mixes within words.
  private static final Set<UnicodeScript> JAPANESE =
      EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

  private OrdinaryText() {}

  /// @param text a part of [EspeakText]
  static boolean isOrdinary(String text) {
    Word word = new Word();
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (Character.isWhitespace(codePoint)) {
        word = new Word();
      } else if (!word.accepts(codePoint)) {
        return false;
      }
    }
    return true;
  }

  /// Current word.
  private static final class Word {
    private UnicodeScript script = UnicodeScript.COMMON;
    private int letters;
    private int bytes;
    private int digits;
    private int stops;
    private int marksInARow;
    private int signsInARow;

    boolean accepts(int codePoint) {
      bytes += EspeakText.bytesOf(codePoint);
      if (bytes > MAX_WORD_BYTES) {
        return false;
      }
      if (Character.isLetter(codePoint)) {
        return isLetterAccepted(codePoint);
      }
      if (EspeakText.isPartOfLetter(codePoint)) {
        return letters > 0 && signsInARow == 0 && ++marksInARow <= MAX_MARKS_IN_A_ROW;
      }
      marksInARow = 0;
      if (codePoint >= '0' && codePoint <= '9') {
        signsInARow = 0;
        return ++digits <= MAX_DIGITS;
      }
      stops += codePoint == '.' ? 1 : 0;
      return SIGNS.indexOf(codePoint) >= 0
          && ++signsInARow <= MAX_SIGNS_IN_A_ROW
          && stops <= MAX_STOPS;
    }

    private boolean isLetterAccepted(int codePoint) {
      marksInARow = 0;
      signsInARow = 0;
      UnicodeScript own = UnicodeScript.of(codePoint);
      if (script == UnicodeScript.COMMON) {
        script = own;
      }
      boolean fits =
          own == script
              || own == UnicodeScript.COMMON
              || (JAPANESE.contains(own) && JAPANESE.contains(script));
      return fits && ++letters <= MAX_WORD_LETTERS;
    }
  }
}
