package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cache entry: a voice in memory or being loaded, with its reference count. Those who wait for it
/// and those who hold a lease count alike as its users, so that it cannot leave between its arrival
/// and the first lease.
///
/// The final fields, [#await] and [#voice] are for any thread; everything else is guarded by the
/// lock of [VoiceCache].
final class CachedVoice {
  private static final Logger LOG = LoggerFactory.getLogger(CachedVoice.class);

  private final Voicepack voicepack;
  private final Placement placement;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile Optional<Voice> voice = Optional.empty();
  private volatile Optional<WorkerException> failure = Optional.empty();
  private int users;
  private boolean retired;
  private boolean evicted;
  private boolean freed;
  private long arrivedNanos;
  private long lastUsedNanos;

  CachedVoice(Voicepack voicepack, Placement placement) {
    this.voicepack = voicepack;
    this.placement = placement;
  }

  Voicepack voicepack() {
    return voicepack;
  }

  String modelId() {
    return voicepack.modelId();
  }

  Placement placement() {
    return placement;
  }

  /// Waits until the load has ended, either way.
  void await() throws InterruptedException {
    settled.await();
  }

  boolean isPending() {
    return settled.getCount() > 0;
  }

  /// Why it did not load, once [#await] has returned; for each caller a new one, so that no two
  /// threads share a stack trace. Empty when it did.
  Optional<WorkerException> failure() {
    return failure.map(cause -> new WorkerException(cause.code(), cause.getMessage(), cause));
  }

  /// The voice, once [#await] has returned and there is no failure.
  Voice voice() {
    return voice.orElseThrow(
        () -> new WorkerException(ErrorCode.INTERNAL, modelId() + " is used before it is loaded"));
  }

  void arrive(Voice arrived, long nowNanos) {
    voice = Optional.of(arrived);
    arrivedNanos = nowNanos;
    lastUsedNanos = nowNanos;
    settled.countDown();
  }

  void fail(WorkerException cause) {
    failure = Optional.of(cause);
    settled.countDown();
  }

  void claim() {
    users++;
  }

  void giveBack(long nowNanos) {
    users--;
    lastUsedNanos = nowNanos;
  }

  int users() {
    return users;
  }

  long residentNanos(long nowNanos) {
    return nowNanos - arrivedNanos;
  }

  /// Zero while anybody uses it.
  long idleNanos(long nowNanos) {
    return users > 0 ? 0 : nowNanos - lastUsedNanos;
  }

  /// Nobody new gets it from now on.
  void retire(boolean byEviction) {
    retired = true;
    evicted = byEviction;
  }

  boolean wasEvicted() {
    return evicted;
  }

  /// True once: when it is retired and its last user is gone. Whoever gets true frees the voice,
  /// after leaving the lock.
  boolean claimFreeing() {
    if (!retired || users > 0 || freed || voice.isEmpty()) {
      return false;
    }
    freed = true;
    return true;
  }

  /// Closes the voice. Only after [#claimFreeing] said so, and outside the lock.
  void free() {
    try {
      voice().close();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("model_id", modelId())
          .setCause(e)
          .log("A model did not free its memory");
    }
    LOG.atInfo()
        .addKeyValue("model_id", modelId())
        .addKeyValue("evicted", evicted)
        .log("Model unloaded");
  }
}
