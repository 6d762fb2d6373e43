package dev.ttsworker.engine.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Buffer pool of direct memory for graph inputs and outputs, which the runtime reads and writes in
/// place, so that runs allocate nothing. Retains the peak of borrowed memory, in sizes of powers of
/// two. Thread-safe.
final class BufferPool {
  private static final int SMALLEST_BITS = 12;

  /// Larger than what windows need; larger buffers are not retained.
  private static final int LARGEST_BITS = 24;

  private final List<Queue<ByteBuffer>> free =
      IntStream.rangeClosed(SMALLEST_BITS, LARGEST_BITS)
          .<Queue<ByteBuffer>>mapToObj(_ -> new ConcurrentLinkedQueue<>())
          .toList();
  private final AtomicInteger borrowed = new AtomicInteger();

  /// Borrows a buffer in native byte order with at least `bytes` bytes, its contents undefined.
  ByteBuffer acquire(int bytes) {
    int bits = bits(bytes);
    ByteBuffer kept = bits > LARGEST_BITS ? null : free.get(bits - SMALLEST_BITS).poll();
    int size = bits > LARGEST_BITS ? bytes : 1 << bits;
    ByteBuffer taken =
        kept == null
            ? ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder())
            : kept.clear();
    borrowed.incrementAndGet();
    return taken;
  }

  /// Returns a buffer that nothing native refers to any more.
  void release(ByteBuffer buffer) {
    borrowed.decrementAndGet();
    int bits = bits(buffer.capacity());
    if (bits <= LARGEST_BITS) {
      free.get(bits - SMALLEST_BITS).add(buffer);
    }
  }

  /// Borrowed buffers.
  int borrowed() {
    return borrowed.get();
  }

  private static int bits(int bytes) {
    return Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1));
  }
}
