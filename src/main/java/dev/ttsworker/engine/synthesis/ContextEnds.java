package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.text.SpokenWord;
import java.util.List;

/// Context offsets of words: the offset up to which a text has been heard when a word has. A text
/// cut there keeps the word's punctuation, and is joined again without a gap or a repeat by what
/// follows.
final class ContextEnds {
  private static final String OPENERS = "([{\u201C\u2018\u00AB\u201E\u00BF\u00A1";

  private ContextEnds() {}

  /// For each word the offset, in code points of the text, just past the punctuation that touches
  /// it; never past the beginning of what the next word was written as.
  ///
  /// @param words of the text, in order
  static int[] of(String text, List<SpokenWord> words) {
    int[] points = text.codePoints().toArray();
    int[] ends = new int[words.size()];
    int limit = points.length;
    for (int i = words.size() - 1; i >= 0; i--) {
      SpokenWord word = words.get(i);
      int end = Math.toIntExact(word.sourceEnd());
      while (end < limit && isTouching(points[end])) {
        end++;
      }
      ends[i] = end;
      limit = Math.min(limit, Math.toIntExact(word.sourceStart()));
    }
    return ends;
  }

  private static boolean isTouching(int c) {
    return !Character.isWhitespace(c) && !Character.isLetterOrDigit(c) && OPENERS.indexOf(c) < 0;
  }
}
