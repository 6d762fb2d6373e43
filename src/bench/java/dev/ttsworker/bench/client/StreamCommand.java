package dev.ttsworker.bench.client;

/// What interrupts a running call.
public enum StreamCommand {
  PAUSE,
  RESUME,
  STOP
}
