package dev.ttsworker.engine.text;

/// Quotation whose marks have blanks within, as in French: `« Bonsoir. »`. Not thread-safe.
final class SpacedQuotation {
  private static final int NOWHERE = -1;
  private static final int MOST_BLANKS = 2;

  private final String marks;
  private long opened = NOWHERE;
  private long closed = NOWHERE;
  private int blanks;

  /// @param marks the opening and the closing mark; empty in languages without such quotations
  SpacedQuotation(String marks) {
    this.marks = marks;
  }

  /// Processes a character of the text; again where the text is read again.
  ///
  /// @param position its index in the text, in code points
  void onCharacter(int c, long position) {
    switch (marks.indexOf(c)) {
      case 0 -> opened = Math.max(opened, position);
      case 1 -> closed = Math.max(closed, position);
      default -> {}
    }
  }

  /// Whether a character right after a boundary candidate, or after blanks that were held back
  /// there, is a blank that the closing mark may follow. Holds it back.
  boolean holdsBack(int c, boolean atCandidate) {
    boolean free = atCandidate || (blanks > 0 && blanks < MOST_BLANKS);
    boolean blank = Punctuation.isBlank(c) && !Punctuation.isLineEnd(c);
    if (opened <= closed || !free || !blank) {
      return false;
    }
    blanks++;
    return true;
  }

  /// Whether blanks are held back and this is the closing mark.
  boolean isClosedBy(int c) {
    return blanks > 0 && marks.indexOf(c) == 1;
  }

  /// The number of blanks held back, of which none is any more.
  int release() {
    int released = blanks;
    blanks = 0;
    return released;
  }
}
