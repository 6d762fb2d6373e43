package dev.ttsworker.engine.text.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Runs of characters one after the other, each as long as it can be. Not thread-safe.
final class SequencePattern implements MarkupPattern {
  private final List<Run> runs;
  private int run;
  private int length;

  /// Characters of one class.
  ///
  /// @param least how many there must be
  /// @param most how many there may be, at least 1
  private record Run(IntPredicate characters, int least, int most) {}

  private SequencePattern(List<Run> runs) {
    this.runs = runs;
  }

  @Override
  public State next(int c) {
    while (run < runs.size()) {
      Run now = runs.get(run);
      if (length < now.most() && now.characters().test(c)) {
        length++;
        boolean last = run == runs.size() - 1 && length == now.most();
        return last ? State.WHOLE : State.OPEN;
      }
      if (length < now.least()) {
        break;
      }
      run++;
      length = 0;
    }
    return State.NONE;
  }

  /// Describes shapes that begin with a literal; their last run has a fixed length.
  static Grammar of(String literal) {
    return new Grammar(List.of()).then(literal);
  }

  /// The runs of a shape. Immutable.
  static final class Grammar {
    private final List<Run> runs;

    private Grammar(List<Run> runs) {
      this.runs = List.copyOf(runs);
    }

    /// Goes on with exactly these characters.
    Grammar then(String literal) {
      Grammar grammar = this;
      for (int c : literal.codePoints().toArray()) {
        grammar = grammar.then(1, 1, next -> next == c);
      }
      return grammar;
    }

    /// Goes on with these letters, capital or small.
    Grammar thenOfAnyCase(String letters) {
      Grammar grammar = this;
      for (int c : letters.chars().toArray()) {
        grammar = grammar.then(1, 1, next -> next == c || next == Character.toUpperCase(c));
      }
      return grammar;
    }

    /// Goes on with characters of a class.
    Grammar then(int least, int most, IntPredicate characters) {
      List<Run> more = new ArrayList<>(runs);
      more.add(new Run(characters, least, most));
      return new Grammar(more);
    }

    /// One of which nothing has come yet.
    MarkupPattern begin() {
      return new SequencePattern(runs);
    }
  }
}
