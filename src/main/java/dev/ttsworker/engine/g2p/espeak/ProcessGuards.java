package dev.ttsworker.engine.g2p.espeak;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// Restrictions of a helper process on itself at its start, by functions of the C library that are
/// the same on Linux and macOS.
@SuppressWarnings("restricted") // C functions of this process
final class ProcessGuards {
  private static final int RLIMIT_CORE = 4;

  /// Linux writes no file of less than a page, and passes a dump to no program at exactly this
  /// limit.
  private static final long NO_CORE = 1;

  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final long SIG_IGN = 1;

  private ProcessGuards() {}

  /// Disables core dumps: they would contain texts of callers, and take time at every crash.
  ///
  /// @throws WorkerException `INTERNAL` when the system refuses
  static void forbidCoreDumps() {
    MethodHandle setrlimit =
        function("setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    try (Arena call = Arena.ofConfined()) {
      MemorySegment limits = call.allocate(JAVA_LONG, 2);
      limits.setAtIndex(JAVA_LONG, 0, NO_CORE);
      limits.setAtIndex(JAVA_LONG, 1, NO_CORE);
      int status = (int) setrlimit.invokeExact(RLIMIT_CORE, limits);
      if (status != 0) {
        throw new WorkerException(
            ErrorCode.INTERNAL, "setrlimit(RLIMIT_CORE) answers " + status + ", expected 0");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new WorkerException(ErrorCode.INTERNAL, "setrlimit failed", e);
    }
  }

  /// Ignores signals that a terminal or a service manager sends to the worker's process group:
  /// running calls still need the helper while the worker drains. The helper ends with its input.
  /// Java must run with `-Xrs`, or it installs handlers of its own.
  static void ignoreGroupSignals() {
    MethodHandle signal = function("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    MemorySegment ignore = MemorySegment.ofAddress(SIG_IGN);
    try {
      for (int number : List.of(SIGHUP, SIGINT, SIGTERM)) {
        MemorySegment before = (MemorySegment) signal.invokeExact(number, ignore);
        if (before.address() == -1) {
          throw new WorkerException(ErrorCode.INTERNAL, "signal " + number + " cannot be ignored");
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new WorkerException(ErrorCode.INTERNAL, "signal failed", e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }
}
