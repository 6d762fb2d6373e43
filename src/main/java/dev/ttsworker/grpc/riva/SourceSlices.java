package dev.ttsworker.grpc.riva;

/// Text of one call as its client wrote it, which is taken piece by piece. Thread-safe: text comes
/// on one thread, and pieces are taken on another.
final class SourceSlices {
  private final StringBuilder waiting = new StringBuilder();
  private boolean begun;
  private boolean endsInBlank;
  private long takenCodePoints;

  /// Adds the text of a message, after a blank when neither it nor the text before has one there.
  ///
  /// @return the text with that blank
  synchronized String add(String text) {
    if (text.isEmpty()) {
      return text;
    }
    boolean joined = begun && !endsInBlank && !Character.isWhitespace(text.codePointAt(0));
    String added = joined ? " " + text : text;
    begun = true;
    endsInBlank = Character.isWhitespace(text.codePointBefore(text.length()));
    waiting.append(added);
    return added;
  }

  /// Removes and returns what was not taken before an offset, without the blanks around it.
  ///
  /// @param end in code points of the whole text
  synchronized String takeTo(long end) {
    int count = (int) Math.min(Math.max(0, end - takenCodePoints), codePoints());
    int index = waiting.offsetByCodePoints(0, count);
    String taken = waiting.substring(0, index);
    waiting.delete(0, index);
    takenCodePoints += count;
    return taken.strip();
  }

  private long codePoints() {
    return waiting.codePointCount(0, waiting.length());
  }
}
