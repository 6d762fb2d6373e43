package dev.ttsworker.registration;

import java.io.IOException;
import java.time.Duration;

/// Where records lie: a Redis. Used by one thread; every method may take seconds.
interface RecordStore extends AutoCloseable {
  /// Writes a record, in place of one that may be there.
  ///
  /// @param timeToLive after which the store drops it; whole seconds
  /// @throws IOException saying for people what is wrong, without a password; the record may have
  ///   been written all the same
  void put(String key, String value, Duration timeToLive) throws IOException;

  /// Removes a record, if it is there.
  ///
  /// @throws IOException as [#put]
  void remove(String key) throws IOException;

  @Override
  void close();
}
