package dev.ttsworker.engine.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NVML binding (NVIDIA Management Library); the library comes with the driver, so it is absent
/// where there is none. It numbers GPUs by bus, as CUDA does when `CUDA_DEVICE_ORDER=PCI_BUS_ID`
/// and all are visible. For information only: a query that fails has an empty result, and the first
/// failure is logged. Thread-safe. Source: the NVML API reference, version 12.
@SuppressWarnings("restricted") // calls the library's functions as its reference declares them
public final class Nvml implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nvml.class);
  private static final String LIBRARY = "libnvidia-ml.so.1";
  private static final int SUCCESS = 0;
  private static final int NAME_BYTES = 96;
  private static final FunctionDescriptor STATUS = FunctionDescriptor.of(ValueLayout.JAVA_INT);
  private static final FunctionDescriptor OF_POINTERS =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final MemoryLayout MEMORY = MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_LONG);
  private static final MemoryLayout RATES = MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_INT);

  private final Arena library;
  private final MethodHandle shutdown;
  private final MethodHandle handleByIndex;
  private final MethodHandle name;
  private final MethodHandle memory;
  private final MethodHandle utilization;
  private final AtomicBoolean failed = new AtomicBoolean();

  private Nvml(Arena library, SymbolLookup symbols) {
    this.library = library;
    shutdown = function(symbols, "nvmlShutdown", STATUS);
    handleByIndex =
        function(
            symbols,
            "nvmlDeviceGetHandleByIndex_v2",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    name =
        function(
            symbols,
            "nvmlDeviceGetName",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    memory = function(symbols, "nvmlDeviceGetMemoryInfo", OF_POINTERS);
    utilization = function(symbols, "nvmlDeviceGetUtilizationRates", OF_POINTERS);
  }

  /// Bytes of a GPU's memory.
  public record Memory(long total, long used) {}

  /// Opens the library of the driver; empty where there is none or it cannot be used. The caller
  /// closes it.
  public static Optional<Nvml> open() {
    return open(Path.of(LIBRARY));
  }

  /// @param library a path, or a name that the system's loader finds
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with what is returned
  static Optional<Nvml> open(Path library) {
    Arena arena = Arena.ofShared();
    Optional<Nvml> opened = Optional.empty();
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library.toString(), arena);
      Nvml nvml = new Nvml(arena, symbols);
      int status = (int) function(symbols, "nvmlInit_v2", STATUS).invokeExact();
      if (status == SUCCESS) {
        opened = Optional.of(nvml);
      } else {
        LOG.info("NVML does not start: error {}", status);
      }
    } catch (IllegalArgumentException absent) {
      LOG.debug("No NVML: {}", absent.toString());
    } catch (Throwable e) {
      LOG.atWarn().setCause(e).log("NVML cannot be used: no metrics of GPUs");
    } finally {
      if (opened.isEmpty()) {
        arena.close();
      }
    }
    return opened;
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    MemorySegment address =
        library.find(name).orElseThrow(() -> new IllegalArgumentException("NVML lacks " + name));
    return Linker.nativeLinker().downcallHandle(address, descriptor);
  }

  /// A GPU's product name, such as `NVIDIA H200`.
  public Optional<String> name(int gpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(NAME_BYTES);
      MemorySegment handle = handle(gpu, arena);
      return handle.equals(MemorySegment.NULL)
              || (int) name.invokeExact(handle, text, NAME_BYTES) != SUCCESS
          ? Optional.empty()
          : Optional.of(text.getString(0));
    } catch (Throwable e) {
      noAnswer(e);
      return Optional.empty();
    }
  }

  /// A GPU's memory, whoever uses it.
  public Optional<Memory> memory(int gpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(MEMORY);
      MemorySegment handle = handle(gpu, arena);
      return handle.equals(MemorySegment.NULL)
              || (int) memory.invokeExact(handle, values) != SUCCESS
          ? Optional.empty()
          : Optional.of(
              new Memory(
                  values.getAtIndex(ValueLayout.JAVA_LONG, 0),
                  values.getAtIndex(ValueLayout.JAVA_LONG, 2)));
    } catch (Throwable e) {
      noAnswer(e);
      return Optional.empty();
    }
  }

  /// Utilization of a GPU over its latest sample period, in percent.
  public OptionalInt utilizationPercent(int gpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(RATES);
      MemorySegment handle = handle(gpu, arena);
      return handle.equals(MemorySegment.NULL)
              || (int) utilization.invokeExact(handle, values) != SUCCESS
          ? OptionalInt.empty()
          : OptionalInt.of(values.getAtIndex(ValueLayout.JAVA_INT, 0));
    } catch (Throwable e) {
      noAnswer(e);
      return OptionalInt.empty();
    }
  }

  /// The library's handle; NULL when there is no such GPU.
  private MemorySegment handle(int gpu, Arena arena) throws Throwable {
    MemorySegment found = arena.allocate(ValueLayout.ADDRESS);
    int status = (int) handleByIndex.invokeExact(gpu, found);
    return status == SUCCESS ? found.get(ValueLayout.ADDRESS, 0) : MemorySegment.NULL;
  }

  /// Frees the library; later queries have no result.
  ///
  /// @throws IllegalStateException while a query runs, or when it was closed
  @Override
  public void close() {
    try {
      int status = (int) shutdown.invokeExact();
      if (status != SUCCESS) {
        LOG.info("NVML does not end: error {}", status);
      }
      library.close();
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /// Metrics query every few seconds: a log line for each would be noise.
  private void noAnswer(Throwable failure) {
    if (failed.compareAndSet(false, true)) {
      LOG.atWarn().setCause(failure).log("An NVML query failed");
    }
  }

  private static RuntimeException failure(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("A call of NVML failed", failure);
  }
}
