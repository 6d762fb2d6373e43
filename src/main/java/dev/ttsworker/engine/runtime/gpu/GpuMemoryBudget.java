package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;

/// Memory budget of one accelerator for all its sessions. ONNX Runtime limits each session on its
/// own, so each has a share, and the shares never exceed the limit together. Thread-safe.
final class GpuMemoryBudget {
  private static final long MIB = 1L << 20;

  private final String device;
  private final long limitBytes;
  private long leftBytes;

  /// @param device for messages
  /// @param limitBytes 0 for no limit
  GpuMemoryBudget(String device, long limitBytes) {
    this.device = device;
    this.limitBytes = limitBytes;
    this.leftBytes = limitBytes;
  }

  boolean isLimited() {
    return limitBytes > 0;
  }

  /// Claims a share, which the caller closes with its session.
  ///
  /// @param what purpose, for messages
  /// @param tooLittle bytes that are known to be insufficient
  /// @param wanted bytes, more than that; the share is smaller when less is left
  /// @throws WorkerException `MODEL_LOAD_FAILED` when the rest is insufficient
  synchronized Share claim(String what, long tooLittle, long wanted) {
    if (!isLimited()) {
      return new Share(0);
    }
    if (leftBytes <= tooLittle) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "CUDA out of memory: %s needs more than %d MiB of %s, and %d of the %d MiB of engine.gpu_mem_limit_mb are left"
              .formatted(what, tooLittle / MIB, device, leftBytes / MIB, limitBytes / MIB));
    }
    long given = Math.min(wanted, leftBytes);
    leftBytes -= given;
    return new Share(given);
  }

  synchronized long leftBytes() {
    return leftBytes;
  }

  private synchronized void release(long bytes) {
    leftBytes += bytes;
  }

  /// Share of one session.
  final class Share implements AutoCloseable {
    private final long bytes;
    private boolean closed;

    private Share(long bytes) {
      this.bytes = bytes;
    }

    /// 0 for no limit.
    long bytes() {
      return bytes;
    }

    /// Releases it. Idempotent.
    @Override
    public void close() {
      synchronized (GpuMemoryBudget.this) {
        if (!closed) {
          closed = true;
          release(bytes);
        }
      }
    }
  }
}
