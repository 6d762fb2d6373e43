package dev.ttsworker.engine.text.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Pattern of character runs in sequence, each matched greedily. Not thread-safe.
final class SequencePattern implements MarkupPattern {
  private final List<Run> runs;
  private int run;
  private int length;

  /// Run of characters of one class.
  ///
  /// @param least minimum length
  /// @param most maximum length, at least 1
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
        return last ? State.COMPLETE : State.INCOMPLETE;
      }
      if (length < now.least()) {
        break;
      }
      run++;
      length = 0;
    }
    return State.NO_MATCH;
  }

  /// Begins a grammar with a literal; its last run must have a fixed length.
  static Grammar of(String literal) {
    return new Grammar(List.of()).then(literal);
  }

  /// Sequence of runs. Immutable.
  static final class Grammar {
    private final List<Run> runs;

    private Grammar(List<Run> runs) {
      this.runs = List.copyOf(runs);
    }

    /// Appends a literal.
    Grammar then(String literal) {
      Grammar grammar = this;
      for (int c : literal.codePoints().toArray()) {
        grammar = grammar.then(1, 1, next -> next == c);
      }
      return grammar;
    }

    /// Appends letters, case-insensitive.
    Grammar thenOfAnyCase(String letters) {
      Grammar grammar = this;
      for (int c : letters.chars().toArray()) {
        grammar = grammar.then(1, 1, next -> next == c || next == Character.toUpperCase(c));
      }
      return grammar;
    }

    /// Appends characters of a class.
    Grammar then(int least, int most, IntPredicate characters) {
      List<Run> more = new ArrayList<>(runs);
      more.add(new Run(characters, least, most));
      return new Grammar(more);
    }

    /// A new pattern, before its first character.
    MarkupPattern begin() {
      return new SequencePattern(runs);
    }
  }
}
