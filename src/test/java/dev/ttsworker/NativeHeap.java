package dev.ttsworker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// What native code of this process holds, as the C library counts it: exact where the resident
/// size also shows what the Java heap has touched.
final class NativeHeap {
  /// `struct mallinfo2` of glibc: ten `size_t`.
  private static final MemoryLayout COUNTS = MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG);

  /// Wrapped in a struct, since it comes back by value.
  private static final MemoryLayout ANSWER = MemoryLayout.structLayout(COUNTS);

  private static final long MAPPED_BYTES = 4;
  private static final long BYTES_IN_USE = 7;

  private NativeHeap() {}

  /// Bytes that were allocated with malloc and not freed.
  @SuppressWarnings("restricted") // declares what glibc has
  static long bytesInUse() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow("mallinfo2");
    MethodHandle mallinfo = linker.downcallHandle(function, FunctionDescriptor.of(ANSWER));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counts = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
      return counts.getAtIndex(ValueLayout.JAVA_LONG, MAPPED_BYTES)
          + counts.getAtIndex(ValueLayout.JAVA_LONG, BYTES_IN_USE);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
