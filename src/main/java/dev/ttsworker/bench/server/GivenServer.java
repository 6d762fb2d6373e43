package dev.ttsworker.bench.server;

import dev.ttsworker.bench.client.SpeechTarget;
import dev.ttsworker.bench.client.Targets;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;

/// A server that somebody else has started and will stop.
///
/// @param address as [Targets#connect] takes it
public record GivenServer(String name, String address, ServerUsage usage) implements ServerSource {
  @Override
  public RunningServer start() {
    SpeechTarget target =
        Targets.connect(address)
            .orElseThrow(() ->
                new WorkerException(
                    ErrorCode.INVALID_FIELD,
                    "address " + address + "; allowed: " + Targets.ALLOWED));
    return new RunningServer(address, target, usage, () -> {});
  }
}
