package dev.ttsworker.engine.g2p;

/// Phone alignment of two sequences by minimum edit distance: substituting a vowel by a vowel costs
/// less than by a consonant, and word boundaries match only each other.
final class PhoneAlignment {
  /// Boundary of a written word.
  static final int WORD_END = -2;

  /// Limit of memory, a byte for each cell; sequences of a sentence need a tenth of it.
  private static final long MOST_CELLS = 1 << 20;

  private static final int MISSING_SOUND = 10;
  private static final int MISSING_BORDER = 6;
  private static final int OTHER_VOWEL = 6;
  private static final int OTHER_CONSONANT = 9;
  private static final int OTHER_KIND = 16;
  private static final int NEVER = 1 << 20;

  private static final byte BOTH = 0;
  private static final byte LEFT_ONLY = 1;
  private static final byte RIGHT_ONLY = 2;

  private static final String VOWELS = "aeiouyæøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ";

  private PhoneAlignment() {}

  /// For each index of `right` the aligned index of `left`, in ascending order. A phone without a
  /// counterpart belongs to the index before.
  ///
  /// @param left phones, [PhoneSequence#BREAK] and [#WORD_END], not empty
  /// @param right phones and [PhoneSequence#BREAK]
  static int[] owners(int[] left, int[] right) {
    long cells = (left.length + 1L) * (right.length + 1L);
    if (cells > MOST_CELLS) {
      int[] even = new int[right.length];
      for (int i = 0; i < right.length; i++) {
        even[i] = (int) ((long) i * left.length / right.length);
      }
      return even;
    }
    return trace(steps(left, right), left.length, right.length);
  }

  private static byte[][] steps(int[] left, int[] right) {
    byte[][] steps = new byte[left.length + 1][right.length + 1];
    int[] above = new int[right.length + 1];
    for (int j = 1; j <= right.length; j++) {
      above[j] = above[j - 1] + missing(right[j - 1]);
      steps[0][j] = RIGHT_ONLY;
    }
    int[] row = new int[right.length + 1];
    for (int i = 1; i <= left.length; i++) {
      int missingLeft = missing(left[i - 1]);
      row[0] = above[0] + missingLeft;
      steps[i][0] = LEFT_ONLY;
      for (int j = 1; j <= right.length; j++) {
        int both = above[j - 1] + difference(left[i - 1], right[j - 1]);
        int leftOnly = above[j] + missingLeft;
        int rightOnly = row[j - 1] + missing(right[j - 1]);
        row[j] = Math.min(both, Math.min(leftOnly, rightOnly));
        steps[i][j] = row[j] == both ? BOTH : row[j] == leftOnly ? LEFT_ONLY : RIGHT_ONLY;
      }
      int[] next = above;
      above = row;
      row = next;
    }
    return steps;
  }

  private static int[] trace(byte[][] steps, int leftLength, int rightLength) {
    int[] owners = new int[rightLength];
    int i = leftLength;
    int j = rightLength;
    while (j > 0) {
      byte step = steps[i][j];
      if (step != LEFT_ONLY) {
        owners[j - 1] = Math.max(0, i - 1);
        j--;
      }
      if (step != RIGHT_ONLY) {
        i--;
      }
    }
    return owners;
  }

  private static int missing(int sound) {
    return sound < 0 ? MISSING_BORDER : MISSING_SOUND;
  }

  private static int difference(int left, int right) {
    if (left < 0 || right < 0) {
      return left < 0 && right < 0 ? 0 : NEVER;
    }
    if (left == right) {
      return 0;
    }
    boolean vowel = isVowel(left);
    if (vowel != isVowel(right)) {
      return OTHER_KIND;
    }
    return vowel ? OTHER_VOWEL : OTHER_CONSONANT;
  }

  private static boolean isVowel(int sound) {
    return VOWELS.indexOf(sound) >= 0;
  }
}
