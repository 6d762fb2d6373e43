package dev.ttsworker.engine.text;

import java.util.ArrayList;
import java.util.List;

/// Word tokenizer: the words of a segment as written, separated by blanks, with the punctuation
/// that touches them. A dash or an ellipsis between letters also ends a word, and every ideograph
/// is one. All signs but blanks are part of a word.
public final class WordSplitter {
  private final List<SpokenWord> words = new ArrayList<>();
  private final String text;
  private long offset;
  private int begin;
  private long beginOffset;
  private boolean lettersSeen;

  private WordSplitter(Segment segment) {
    this.text = segment.text();
    this.offset = segment.start();
  }

  /// The words of a segment, in order.
  public static List<SpokenWord> of(Segment segment) {
    WordSplitter reader = new WordSplitter(segment);
    reader.read();
    return List.copyOf(reader.words);
  }

  private void read() {
    int last = ' ';
    int lastButOne = ' ';
    begin(0);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (Punctuation.isBlank(c)) {
        end(i);
        begin(next);
        beginOffset = offset + 1;
      } else {
        if (lettersSeen && Character.isLetterOrDigit(c) && isBoundary(lastButOne, last, c)) {
          end(i);
          begin(i);
        }
        lettersSeen |= Character.isLetterOrDigit(c);
      }
      offset++;
      lastButOne = last;
      last = c;
      i = next;
    }
    end(text.length());
  }

  private void begin(int index) {
    begin = index;
    beginOffset = offset;
    lettersSeen = false;
  }

  private void end(int index) {
    if (index > begin) {
      words.add(new SpokenWord(text.substring(begin, index), beginOffset, offset));
    }
  }

  /// Whether a word ends before `c`, which is a letter or digit.
  private static boolean isBoundary(int lastButOne, int last, int c) {
    return switch (last) {
      case '—', '―', '–', '…' -> true;
      case '.', '-' -> lastButOne == last;
      default ->
          Character.isIdeographic(c)
              || Character.isIdeographic(last)
              || Punctuation.isUnspacedEnd(last)
              || Punctuation.isUnspacedClauseEnd(last);
    };
  }
}
