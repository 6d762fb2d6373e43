package dev.ttsworker.bench.load;

import java.util.OptionalInt;

/// Finds the largest count of conversations that holds: doubles until one does not, halves the
/// distance, and then lets runs of full length decide.
public final class CapacitySearch {
  private static final int FIRST = 4;

  private final int most;

  /// @param most count that is tried
  public CapacitySearch(int most) {
    this.most = most;
  }

  /// Runs some conversations and says whether they held.
  public interface Trial {
    boolean holds(int streams) throws InterruptedException;
  }

  /// Searches with `brief` runs, each of which has a second try, then goes down or up by one until
  /// a count holds for a `full` run and the next larger one does not.
  ///
  /// @return 0 when not even one holds
  public int largest(Trial brief, Trial full) throws InterruptedException {
    int found = narrow(brief);
    OptionalInt confirmed = OptionalInt.empty();
    for (int count = found; count > 0 && confirmed.isEmpty(); count--) {
      if (full.holds(count)) {
        confirmed = OptionalInt.of(count);
      }
    }
    int reached = confirmed.orElse(0);
    // Brief runs only show where to look.
    while (reached == found && found < most && full.holds(found + 1)) {
      found++;
      reached = found;
    }
    return reached;
  }

  private int narrow(Trial brief) throws InterruptedException {
    int held = 0;
    int failed = most + 1;
    int count = Math.min(FIRST, most);
    while (failed - held > 1) {
      if (holdsInTwoTries(brief, count)) {
        held = count;
      } else {
        failed = count;
      }
      count = failed > most ? Math.min(2 * held, most) : (held + failed) / 2;
    }
    return held;
  }

  /// The machine may have stumbled; full runs have no second try.
  private static boolean holdsInTwoTries(Trial brief, int count) throws InterruptedException {
    boolean holds = brief.holds(count);
    return holds || brief.holds(count);
  }
}
