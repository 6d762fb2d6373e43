package dev.ttsworker.engine.g2p;

import java.util.Arrays;
import java.util.List;

/// Phone sequence of phonemized sentences, with a [#BREAK] between words; length, stress and
/// punctuation are no phones of their own. Not thread-safe.
final class PhoneSequence {
  /// Word boundary of the phonemizer.
  static final int BREAK = -1;

  private static final int STRESS = 'ˈ';
  private static final int SECOND_STRESS = 'ˌ';

  private int[] sounds = new int[64];
  private int[] sentences = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private int words;

  private PhoneSequence() {}

  /// Parses sentences, decomposed (NFD).
  static PhoneSequence of(List<String> sentences) {
    PhoneSequence row = new PhoneSequence();
    for (int i = 0; i < sentences.size(); i++) {
      row.read(sentences.get(i).codePoints().toArray(), i);
    }
    return row;
  }

  private void read(int[] codePoints, int sentence) {
    boolean parted = true;
    boolean inWord = false;
    int stress = -1;
    for (int i = 0; i < codePoints.length; i++) {
      int c = codePoints[i];
      if (Character.isWhitespace(c)) {
        parted = true;
        inWord = false;
        stress = -1;
      } else if (c == STRESS || c == SECOND_STRESS) {
        stress = stress < 0 ? i : stress;
      } else if (isSound(c)) {
        if (parted) {
          beginWord(sentence, i);
          parted = false;
        }
        add(c, sentence, stress < 0 ? i : stress, i + 1);
        inWord = true;
        stress = -1;
      } else if (inWord && !isPunctuation(c)) {
        ends[count - 1] = i + 1;
      } else {
        inWord = false;
      }
    }
  }

  private void beginWord(int sentence, int position) {
    if (words > 0) {
      add(BREAK, sentence, position, position);
    }
    words++;
  }

  private static boolean isSound(int c) {
    return Character.isLetter(c) && Character.getType(c) != Character.MODIFIER_LETTER;
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private void add(int sound, int sentence, int start, int end) {
    if (count == sounds.length) {
      sounds = Arrays.copyOf(sounds, 2 * count);
      sentences = Arrays.copyOf(sentences, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    sounds[count] = sound;
    sentences[count] = sentence;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  /// Phones and breaks.
  int size() {
    return count;
  }

  /// Words, as the phonemizer separated them.
  int words() {
    return words;
  }

  /// A code point, or [#BREAK].
  int sound(int index) {
    return sounds[index];
  }

  /// Index of its sentence.
  int sentence(int index) {
    return sentences[index];
  }

  /// Code points of its sentence before it and its stress.
  int start(int index) {
    return starts[index];
  }

  /// Code points of its sentence up to its end.
  int end(int index) {
    return ends[index];
  }

  /// A copy of all phones and breaks.
  int[] sounds() {
    return Arrays.copyOf(sounds, count);
  }
}
