package dev.ttsworker.session;

import dev.ttsworker.engine.Lexicon;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The lexicons of open sessions: equal ones are held once, and all together within a budget.
/// Thread-safe.
final class SharedLexicons {
  /// Measured: a lexicon of 200 words and 20,000 characters takes 61 kB; its text is kept too.
  private static final int BYTES_PER_CHARACTER = 6;

  private static final int FIXED_BYTES = 4096;

  /// What an entry with a key of several words takes more, at most.
  private static final int BYTES_PER_WORD = 128;

  private final ByteBudget budget;
  private final Map<String, Shared> byText = new HashMap<>();

  /// @param budget over all of them
  SharedLexicons(ByteBudget budget) {
    this.budget = budget;
  }

  /// A session's hold on a lexicon.
  interface Held extends AutoCloseable {
    /// One of a session without words of its own.
    static Held of(Lexicon lexicon) {
      return new Held() {
        @Override
        public Lexicon lexicon() {
          return lexicon;
        }

        @Override
        public void close() {}
      };
    }

    Lexicon lexicon();

    /// Lets go of it, once.
    @Override
    void close();
  }

  /// Holds the lexicon of a text until the answer is closed.
  ///
  /// @param text as a session gives it
  /// @param read makes the lexicon of it when nobody holds it yet
  /// @throws dev.ttsworker.error.WorkerException `BUDGET_EXCEEDED`, and what `read` throws
  synchronized Held hold(String text, Supplier<Lexicon> read) {
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
    shared.holders++;
    return new Hold(text, shared);
  }

  private synchronized void release(String text, Shared shared) {
    shared.holders--;
    if (shared.holders == 0) {
      byText.remove(text);
      budget.release(shared.bytes);
    }
  }

  private static final class Shared {
    private final Lexicon lexicon;
    private final long bytes;
    private int holders;

    Shared(Lexicon lexicon, long bytes) {
      this.lexicon = lexicon;
      this.bytes = bytes;
    }
  }

  private final class Hold implements Held {
    private final String text;
    private final Shared shared;
    private boolean closed;

    Hold(String text, Shared shared) {
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
