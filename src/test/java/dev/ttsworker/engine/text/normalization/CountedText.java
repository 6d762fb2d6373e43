package dev.ttsworker.engine.text.normalization;

/// A text that counts how often its characters are read.
final class CountedText implements CharSequence {
  private final CleanText clean;
  private final String text;
  private long reads;

  CountedText(String written) {
    clean = CleanText.of(written);
    text = clean.text();
    reads = written.length();
  }

  Cursor cursor() {
    return new Cursor(clean, this);
  }

  long reads() {
    return reads;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    reads++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    reads += end - start;
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
