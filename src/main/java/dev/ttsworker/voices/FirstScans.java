package dev.ttsworker.voices;

import dev.ttsworker.voicepack.Scan;
import java.util.function.Supplier;

/// Scan of the voicepacks during the first installation. While the first one is being installed,
/// that there is none yet is no problem. Thread-safe.
final class FirstScans implements Supplier<Scan> {
  private final Supplier<Scan> scanner;
  private volatile boolean installing;

  /// @param installing whether [#installed] will follow
  FirstScans(Supplier<Scan> scanner, boolean installing) {
    this.scanner = scanner;
    this.installing = installing;
  }

  /// The installation has ended, well or not.
  void installed() {
    installing = false;
  }

  @Override
  public Scan get() {
    Scan scan = scanner.get();
    return installing ? scan.withoutEmptiness() : scan;
  }
}
