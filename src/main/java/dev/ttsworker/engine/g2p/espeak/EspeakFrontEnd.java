package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.Pronouncer;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Optional;
import java.util.function.Supplier;

/// eSpeak NG front end. Varieties are its voices. Its processes start with the first one that is
/// opened: a worker whose voices need none starts none. Thread-safe.
public final class EspeakFrontEnd implements FrontEnd, AutoCloseable {
  private final Supplier<EspeakPool> starter;
  private Optional<EspeakPool> pool = Optional.empty();
  private boolean closed;

  /// @param starter starts the processes, once; closed with this
  public EspeakFrontEnd(Supplier<EspeakPool> starter) {
    this.starter = starter;
  }

  @Override
  public String name() {
    return FrontEnds.ESPEAK;
  }

  /// As [FrontEnd#open].
  ///
  /// @throws WorkerException also `INVALID_CONFIGURATION` when eSpeak NG cannot be found or used,
  ///   and `DRAINING` after [#close]
  @Override
  public GraphemeToPhoneme open(String variety) {
    EspeakPool.requireName(variety);
    EspeakPool started;
    try {
      started = started();
    } catch (WorkerException e) {
      throw e.code() == ErrorCode.INVALID_CONFIGURATION ? unusable(variety, e) : e;
    }
    return new Pronouncer(started.forVoice(variety));
  }

  private static WorkerException unusable(String variety, WorkerException cause) {
    return new WorkerException(
        cause.code(),
        "Voices with espeak.voice: "
            + variety
            + " need eSpeak NG, which cannot be used here: "
            + cause.getMessage()
            + ". Without it speak: hibari voices, Kokoro's English speakers, and with synthesis.phonemes: builtin American and"
            + " British Piper voices",
        cause);
  }

  private synchronized EspeakPool started() {
    if (closed) {
      throw new WorkerException(ErrorCode.DRAINING, "eSpeak NG is closed");
    }
    EspeakPool started = pool.orElseGet(starter);
    pool = Optional.of(started);
    return started;
  }

  /// Ends the processes. Idempotent.
  @Override
  public synchronized void close() {
    closed = true;
    pool.ifPresent(EspeakPool::close);
  }
}
