package dev.ttsworker.engine.g2p.espeak;

import java.io.IOException;

/// Launcher of helper processes. Thread-safe.
@FunctionalInterface
interface HelperLauncher {
  /// Returns at once, before the process is ready. The caller ends the process.
  ///
  /// @throws IOException when the system cannot start it
  Process launch() throws IOException;
}
