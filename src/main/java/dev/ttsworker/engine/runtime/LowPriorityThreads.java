package dev.ttsworker.engine.runtime;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Low-priority threads for computation, by Linux's nice value: the worker stays responsive while
/// all processors compute. On other systems they are as the factory makes them, since there the
/// value applies to the process.
public final class LowPriorityThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(LowPriorityThreads.class);
  private static final int PRIO_PROCESS = 0;

  /// On Linux, the calling thread.
  private static final int CALLER = 0;

  private final ThreadFactory threads;
  private final int nice;
  private final Optional<MethodHandle> setPriority;

  /// @param nice 0 for that of the process, up to 19
  public LowPriorityThreads(ThreadFactory threads, int nice) {
    this.threads = threads;
    this.nice = nice;
    setPriority = nice == 0 || !isLinux() ? Optional.empty() : Optional.of(find());
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  @SuppressWarnings("restricted") // a function of the C library without pointers
  private static MethodHandle find() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().findOrThrow("setpriority");
    return linker.downcallHandle(
        function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  }

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(() -> {
      setPriority.ifPresent(this::lowerPriority);
      work.run();
    });
  }

  private void lowerPriority(MethodHandle set) {
    int failed;
    try {
      failed = (int) set.invokeExact(PRIO_PROCESS, CALLER, nice);
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority cannot be called", e);
    }
    if (failed != 0) {
      LOG.warn("{} keeps its priority: setpriority to {} failed", name(), nice);
    }
  }

  private static String name() {
    return Thread.currentThread().getName();
  }
}
