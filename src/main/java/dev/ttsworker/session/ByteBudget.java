package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.concurrent.atomic.AtomicLong;

/// Memory budget shared by all callers, in bytes. Thread-safe.
final class ByteBudget {
  private static final long MEBIBYTE = 1L << 20;

  private final String what;
  private final String key;
  private final long most;
  private final AtomicLong used = new AtomicLong();

  /// @param what names the contents, in messages
  /// @param key names the setting, in messages
  /// @param most bytes
  ByteBudget(String what, String key, long most) {
    this.what = what;
    this.key = key;
    this.most = most;
  }

  /// Reserves bytes until [#release].
  ///
  /// @throws WorkerException `BUDGET_EXCEEDED`; then nothing is reserved
  void reserve(long bytes) {
    if (used.addAndGet(bytes) > most) {
      used.addAndGet(-bytes);
      throw new WorkerException(
          ErrorCode.BUDGET_EXCEEDED,
          "No memory now for "
              + what
              + ": "
              + bytes
              + " bytes more would be over the "
              + most / MEBIBYTE
              + " MiB that all callers together may use ("
              + key
              + ")");
    }
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /// Bytes in use.
  long used() {
    return used.get();
  }
}
