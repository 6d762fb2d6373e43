package dev.ttsworker.engine.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Leave for WebGPU to take software for a device: an environment variable of this process that the
/// provider reads when it is loaded, and its only switch for it (version 0.4.0).
@SuppressWarnings("restricted") // calls setenv as POSIX declares it
final class SoftwareAdapters {
  private static final String VARIABLE = "ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER";

  private SoftwareAdapters() {}

  static void allow() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int failed =
          (int) setenv.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), 1);
      if (failed != 0) {
        throw new IllegalStateException(VARIABLE + " cannot be set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(VARIABLE + " cannot be set", e);
    }
  }
}
