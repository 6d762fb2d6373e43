package dev.ttsworker.engine.runtime;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// External ONNX Runtime instead of the bundled one, such as one for another CUDA version. A folder
/// of symbolic links combines its libraries with our Java binding; it must exist until the first
/// [OrtRuntime] has been made. Linux only.
///
/// The binding asks for a symbol with its own version. Where the folder has no binding for its
/// runtime, only a runtime of the bundled version fits, or one without symbol versions;
/// `scripts/adapt_binding.py` makes a binding for others.
public final class ExternalRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalRuntime.class);
  private static final String NATIVE_PATH = "onnxruntime.native.path";
  private static final String BINDING = "libonnxruntime4j_jni.so";
  private static final String CORE = "libonnxruntime.so";
  private static final String KEY = "engine.native_path";
  private static final OrtVersion NEEDED = new OrtVersion(1, 28);

  /// What the bundled binding asks for; the version of the build.
  static final String BUNDLED = "1.28.0";

  private final Path folder;

  private ExternalRuntime(Path folder) {
    this.folder = folder;
  }

  /// Makes the binding use the libraries in `libraries`; must be called before anything else of
  /// this package.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when there is no ONNX Runtime in it, one that
  ///   is too old, or one that the Java binding does not fit
  public static ExternalRuntime use(Path libraries) {
    Path core = core(libraries);
    String version = version(core);
    if (OrtVersion.of(version).filter(NEEDED::isAtMost).isEmpty()) {
      throw refused(
          "%s is ONNX Runtime %s; allowed: %s or later"
              .formatted(core.getFileName(), version, NEEDED));
    }
    ExternalRuntime runtime = new ExternalRuntime(linked(libraries, core));
    if (!loads(runtime.folder.resolve(BINDING))) {
      runtime.close();
      throw refused(
          "%s is ONNX Runtime %s, and the Java binding does not fit it; allowed: ONNX Runtime %s, or a %s for %s in the folder, which scripts/adapt_binding.py makes (docs/gpu.md)"
              .formatted(core.getFileName(), version, BUNDLED, BINDING, version));
    }
    String _ = System.setProperty(NATIVE_PATH, runtime.folder.toString());
    LOG.info("ONNX Runtime {} of {}", version, KEY);
    return runtime;
  }

  /// A folder of links to the libraries, and to the bundled binding where there is no other.
  private static Path linked(Path libraries, Path core) {
    try {
      Path ours = Path.of(System.getProperty(NATIVE_PATH, ""), BINDING);
      Path folder = Files.createTempDirectory("tts-worker-onnxruntime");
      link(libraries, folder);
      Files.deleteIfExists(folder.resolve(CORE));
      Path _ = Files.createSymbolicLink(folder.resolve(CORE), core.toRealPath());
      if (!Files.exists(folder.resolve(BINDING))) {
        Path _ = Files.createSymbolicLink(folder.resolve(BINDING), ours.toRealPath());
      }
      return folder;
    } catch (IOException e) {
      throw refused("the libraries cannot be used: " + e.getClass().getSimpleName());
    }
  }

  /// Whether the linker accepts the binding beside the core library, which is loaded already.
  @SuppressWarnings("restricted") // loads what the operator named
  private static boolean loads(Path binding) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup _ = SymbolLookup.libraryLookup(binding, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(ExternalRuntime::isLibrary).toList()) {
        Path _ = Files.createSymbolicLink(to.resolve(file.getFileName()), file.toRealPath());
      }
    }
  }

  private static boolean isLibrary(Path file) {
    return String.valueOf(file.getFileName()).matches("lib.+\\.so(\\.\\d+)*");
  }

  /// `libonnxruntime.so`, or the one with a version behind it.
  private static Path core(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("libonnxruntime\\.so[.\\d]*"))
          .min(Comparator.naturalOrder())
          .orElseThrow(() -> refused("there is no " + CORE + " in the folder"))
          .toRealPath();
    } catch (IOException e) {
      throw refused("the folder cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /// The version of a core library, by the function that every version exports.
  @SuppressWarnings("restricted") // calls it as the header declares it
  private static String version(Path core) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup symbols = lookup(core);
      Optional<MemorySegment> base = symbols.find("OrtGetApiBase");
      if (base.isEmpty()) {
        throw refused(core.getFileName() + " is no ONNX Runtime");
      }
      Linker linker = Linker.nativeLinker();
      MemorySegment api =
          (MemorySegment)
              linker
                  .downcallHandle(base.get(), FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      // struct OrtApiBase { GetApi, GetVersionString }
      MemorySegment getVersion =
          api.reinterpret(2 * ValueLayout.ADDRESS.byteSize()).getAtIndex(ValueLayout.ADDRESS, 1);
      MemorySegment text =
          (MemorySegment)
              linker
                  .downcallHandle(getVersion, FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return text.reinterpret(64, arena, null).getString(0);
    } catch (WorkerException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("OrtGetApiBase failed", e);
    }
  }

  @SuppressWarnings("restricted") // loads what the operator named
  private static SymbolLookup lookup(Path core) {
    try {
      return SymbolLookup.libraryLookup(core, Arena.global());
    } catch (IllegalArgumentException e) {
      throw refused(core.getFileName() + " cannot be loaded on this machine");
    }
  }

  private static WorkerException refused(String why) {
    return new WorkerException(ErrorCode.INVALID_CONFIGURATION, KEY + ": " + why);
  }

  /// Removes the links; loaded libraries stay loaded.
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      LOG.info("A folder of links stays behind: {}", e.getClass().getSimpleName());
    }
  }
}
