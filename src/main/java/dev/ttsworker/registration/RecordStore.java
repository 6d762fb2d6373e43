package dev.ttsworker.registration;

import java.io.IOException;
import java.time.Duration;

/// Store of records: a Redis. For one thread; every method may block for seconds.
interface RecordStore extends AutoCloseable {
  /// Writes or replaces a record.
  ///
  /// @param timeToLive after which the store drops it; whole seconds
  /// @throws IOException with a reason for people, without a password; the record may have been
  ///   written nevertheless
  void put(String key, String value, Duration timeToLive) throws IOException;

  /// Removes a record, if present.
  ///
  /// @throws IOException as [#put]
  void remove(String key) throws IOException;

  @Override
  void close();
}
