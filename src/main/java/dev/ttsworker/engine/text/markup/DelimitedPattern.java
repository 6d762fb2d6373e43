package dev.ttsworker.engine.text.markup;

/// Pattern of delimited markup: anything between an opening and the next `XX>`, where `X` is one
/// character. Not thread-safe.
final class DelimitedPattern implements MarkupPattern {
  private final String open;
  private final char closer;
  private int opened;
  private int closers;
  private boolean empty = true;

  /// @param closer stands twice before the final `>`
  DelimitedPattern(String open, char closer) {
    this.open = open;
    this.closer = closer;
  }

  @Override
  public boolean isEmpty() {
    return opened == open.length() && empty;
  }

  @Override
  public State next(int c) {
    if (opened < open.length()) {
      return c == open.charAt(opened++) ? State.INCOMPLETE : State.NO_MATCH;
    }
    empty = false;
    if (c == '>' && closers >= 2) {
      return State.COMPLETE;
    }
    closers = c == closer ? closers + 1 : 0;
    return State.INCOMPLETE;
  }
}
