package dev.ttsworker.engine.g2p.english;

/// Hashes of feature names, FNV-1a with 64 bits over UTF-16 units.
final class Hashes {
  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Hashes() {}

  /// Hash of the concatenation of all parts.
  static long of(String... parts) {
    long hash = START;
    for (String part : parts) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * PRIME;
      }
    }
    return hash;
  }
}
