package dev.ttsworker.bench.server;

import dev.ttsworker.bench.client.SpeechTarget;
import dev.ttsworker.bench.client.Targets;
import dev.ttsworker.client.Security;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.concurrent.ThreadFactory;

/// A server that somebody else has started and will stop.
///
/// @param address with `security` and `threads`: as [Targets#connect] takes them
public record GivenServer(
    String name, String address, Security security, ThreadFactory threads, ServerUsage usage)
    implements ServerSource {
  @Override
  public RunningServer start() {
    SpeechTarget target =
        Targets.connect(address, security, threads)
            .orElseThrow(() ->
                new WorkerException(
                    ErrorCode.INVALID_FIELD,
                    "address " + address + "; allowed: " + Targets.ALLOWED));
    return new RunningServer(address, target, usage, () -> {});
  }
}
