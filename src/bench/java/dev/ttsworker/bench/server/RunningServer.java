package dev.ttsworker.bench.server;

import dev.ttsworker.bench.client.SpeechTarget;

/// A server that runs, and a connection to it.
///
/// @param address for people
/// @param stop ends what was started for it
public record RunningServer(String address, SpeechTarget target, ServerUsage usage, Runnable stop)
    implements AutoCloseable {

  @Override
  public void close() {
    target.close();
    stop.run();
  }
}
