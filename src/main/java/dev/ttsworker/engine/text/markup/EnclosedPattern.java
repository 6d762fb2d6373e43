package dev.ttsworker.engine.text.markup;

/// Anything between an opening and the next `XX>`, where `X` is one character. Not thread-safe.
final class EnclosedPattern implements MarkupPattern {
  private final String open;
  private final char closer;
  private int opened;
  private int closers;
  private boolean empty = true;

  /// @param closer stands twice before the `>` that ends it
  EnclosedPattern(String open, char closer) {
    this.open = open;
    this.closer = closer;
  }

  /// Whether nothing has come but its opening.
  boolean isEmpty() {
    return opened == open.length() && empty;
  }

  @Override
  public State next(int c) {
    if (opened < open.length()) {
      return c == open.charAt(opened++) ? State.OPEN : State.NONE;
    }
    empty = false;
    if (c == '>' && closers >= 2) {
      return State.WHOLE;
    }
    closers = c == closer ? closers + 1 : 0;
    return State.OPEN;
  }
}
