package dev.ttsworker.session;

import dev.ttsworker.engine.Lexicon;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Reference-counted cache of the lexicons of open sessions: equal ones share memory, and all
/// together stay within a budget. Thread-safe.
final class SharedLexicons {
  /// Measured: a lexicon of 200 words and 20,000 characters takes 61 kB; its text is kept too.
  private static final int BYTES_PER_CHARACTER = 6;

  private static final int FIXED_BYTES = 4096;

  /// Upper bound of the extra memory of an entry whose key has several words.
  private static final int BYTES_PER_WORD = 128;

  private final ByteBudget budget;
  private final Map<String, Shared> byText = new HashMap<>();

  /// @param budget of all lexicons together
  SharedLexicons(ByteBudget budget) {
    this.budget = budget;
  }

  /// A session's reference to a lexicon.
  interface LexiconLease extends AutoCloseable {
    /// Lease for a session without a lexicon of its own; not counted.
    static LexiconLease of(Lexicon lexicon) {
      return new LexiconLease() {
        @Override
        public Lexicon lexicon() {
          return lexicon;
        }

        @Override
        public void close() {}
      };
    }

    Lexicon lexicon();

    /// Releases the reference; idempotent.
    @Override
    void close();
  }

  /// Retains the lexicon of a text until the lease is closed.
  ///
  /// @param text as a session gives it
  /// @param read parses the text when no session holds its lexicon yet
  /// @throws dev.ttsworker.error.WorkerException `BUDGET_EXCEEDED`, and what `read` throws
  synchronized LexiconLease acquire(String text, Supplier<Lexicon> read) {
    Shared shared = byText.get(text);
    if (shared == null) {
      Lexicon lexicon = read.get();
      long bytes =
          FIXED_BYTES
              + (long) BYTES_PER_CHARACTER * text.length()
              + (long) BYTES_PER_WORD * lexicon.size();
      budget.reserve(bytes);
      shared = new Shared(lexicon, bytes);
      byText.put(text, shared);
    }
    shared.refCount++;
    return new CountedLease(text, shared);
  }

  private synchronized void release(String text, Shared shared) {
    shared.refCount--;
    if (shared.refCount == 0) {
      byText.remove(text);
      budget.release(shared.bytes);
    }
  }

  private static final class Shared {
    private final Lexicon lexicon;
    private final long bytes;
    private int refCount;

    Shared(Lexicon lexicon, long bytes) {
      this.lexicon = lexicon;
      this.bytes = bytes;
    }
  }

  private final class CountedLease implements LexiconLease {
    private final String text;
    private final Shared shared;
    private boolean closed;

    CountedLease(String text, Shared shared) {
      this.text = text;
      this.shared = shared;
    }

    @Override
    public Lexicon lexicon() {
      return shared.lexicon;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        release(text, shared);
      }
    }
  }
}
