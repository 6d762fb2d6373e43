package dev.ttsworker.engine.voice.sentence;

import java.util.ArrayList;
import java.util.List;

/// Division of a sentence into runs of the text encoder, since the time and memory of a run grow
/// with the square of its length, and its thread does nothing else meanwhile. A run computes some
/// numbers more than are kept on each side that is no end of the sentence, so that what is kept
/// sounds as it does in the sentence (docs/decisions/0011).
///
/// @param longest most numbers of one run, context included; a sentence that has no more is not
///   divided
/// @param context numbers that are computed beyond a border: two or three words
/// @param usual what is kept of a run, about; the rest is room to look for a good border
public record TextRuns(int longest, int context, int usual) {
  public TextRuns {
    if (context < 0 || usual < 1 || longest < usual + 2 * context) {
      throw new IllegalArgumentException(
          "%d numbers of %d, with a context of %d".formatted(usual, longest, context));
    }
  }

  /// Runs whose kept parts are the sentence: as equal in length as good borders allow, none shorter
  /// than a third of the others.
  ///
  /// @param count numbers of the sentence, at least 1
  /// @param borders see [SentenceBorders#of]
  public List<TextRun> of(int count, byte[] borders) {
    if (count <= longest) {
      return whole(count);
    }
    List<TextRun> runs = new ArrayList<>();
    int from = 0;
    while (from == 0 || count - from > mostAtEdge()) {
      int cut = cut(from, count, borders);
      runs.add(run(from, cut, count, borders[cut] == SentenceBorders.CLAUSE));
      from = cut;
    }
    runs.add(run(from, count, count, false));
    return List.copyOf(runs);
  }

  /// The sentence in one run, however long it is.
  public static List<TextRun> whole(int count) {
    return List.of(new TextRun(0, 0, count, count, false));
  }

  private int mostAtEdge() {
    return longest - context;
  }

  private TextRun run(int from, int to, int count, boolean clause) {
    return new TextRun(
        Math.max(0, from - context), from, to, Math.min(count, to + context), clause);
  }

  /// The best border near an even division of what is left; a word is divided only when no border
  /// between words is anywhere near.
  private int cut(int from, int count, byte[] borders) {
    int left = count - from;
    int size = left / Math.max(2, Math.ceilDiv(left, usual));
    int ideal = from + size;
    int most = from + (from == 0 ? mostAtEdge() : longest - 2 * context);
    int near = best(borders, ideal - size / 3, Math.min(most, ideal + size / 3), ideal);
    if (near >= 0 && borders[near] >= SentenceBorders.WORD) {
      return near;
    }
    int far = best(borders, from + size / 3, Math.min(most, count - size / 3), ideal);
    if (far >= 0 && borders[far] >= SentenceBorders.WORD) {
      return far;
    }
    if (near < 0) {
      throw new IllegalStateException("No border within " + size + " numbers");
    }
    return near;
  }

  /// The best border of a range, of equals the one nearest to a place; -1 when there is none.
  private static int best(byte[] borders, int first, int last, int ideal) {
    int best = -1;
    for (int at = first; at <= last; at++) {
      boolean better =
          best < 0
              || borders[at] > borders[best]
              || (borders[at] == borders[best] && Math.abs(at - ideal) < Math.abs(best - ideal));
      if (borders[at] != SentenceBorders.NONE && better) {
        best = at;
      }
    }
    return best;
  }
}
