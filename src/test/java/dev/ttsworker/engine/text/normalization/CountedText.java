package dev.ttsworker.engine.text.normalization;

/// A text that counts how often its characters are read.
public final class CountedText implements CharSequence {
  private final CleanText clean;
  private final String text;
  private long reads;

  CountedText(String written) {
    this(CleanText.of(written), written.length());
  }

  private CountedText(CleanText clean, int length) {
    this.clean = clean;
    text = clean.text();
    reads = length;
  }

  /// One that is read by the rules of any language.
  public static CountedText ofAnyLanguage(String written) {
    return new CountedText(CleanText.ofCharacters(written), written.length());
  }

  public Cursor cursor() {
    return new Cursor(clean, this);
  }

  public long reads() {
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
