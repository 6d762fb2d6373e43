package dev.ttsworker.engine.g2p.espeak;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Native binding of the eSpeak NG library: the whole native surface of this package.
///
/// All of eSpeak's state is global to a loaded library, so there is one copy in a process, and it
/// belongs to one thread at a time.
@SuppressWarnings("restricted") // this class is where the package goes native
final class EspeakLibrary implements AutoCloseable {
  private static final int AUDIO_OUTPUT_SYNCHRONOUS = 2;
  private static final int DO_NOT_EXIT_ON_ERROR = 0x8000;
  private static final int UTF_8 = 1;
  private static final int IPA = 2;

  /// Far more than eSpeak's buffer for a clause: a bound for strings without an end.
  private static final long MAX_CLAUSE_BYTES = 1 << 20;

  private final Arena arena;
  private final MethodHandle setVoiceByName;
  private final MethodHandle textToPhonemes;
  private String voice = "";

  private EspeakLibrary(Arena arena, SymbolLookup library, EspeakFiles files) {
    this.arena = arena;
    MethodHandle initialize =
        function(library, "espeak_Initialize", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    setVoiceByName = function(library, "espeak_SetVoiceByName", ADDRESS);
    textToPhonemes =
        handle(
            library,
            "espeak_TextToPhonemesWithTerminator",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    MemorySegment data =
        files.data().map(path -> arena.allocateFrom(path.toString())).orElse(MemorySegment.NULL);
    int sampleRate =
        call(() ->
            (int) initialize.invokeExact(AUDIO_OUTPUT_SYNCHRONOUS, 0, data, DO_NOT_EXIT_ON_ERROR));
    if (sampleRate <= 0) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "eSpeak NG does not accept its data folder, espeak_Initialize gave " + sampleRate);
    }
  }

  /// Loads a copy. The caller closes it.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when the library cannot be loaded or
  ///   initialised, or is too old (1.52 is needed)
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with what is returned
  static EspeakLibrary load(EspeakFiles files) {
    Arena arena = Arena.ofShared();
    try {
      return new EspeakLibrary(arena, open(files.library(), arena), files);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static SymbolLookup open(Path library, Arena arena) {
    try {
      return SymbolLookup.libraryLookup(library, arena);
    } catch (IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "eSpeak NG cannot be loaded from " + library + ": " + e.getMessage(),
          e);
    }
  }

  /// Selects the voice of the next texts; no operation when it is already selected.
  ///
  /// @param name as checked by [EspeakPool#forVoice]
  /// @return 0, or eSpeak's status when it has no such voice
  int useVoice(String name) {
    if (name.equals(voice)) {
      return 0;
    }
    voice = "";
    try (Arena call = Arena.ofConfined()) {
      MemorySegment wanted = call.allocateFrom(name);
      int status = call(() -> (int) setVoiceByName.invokeExact(wanted));
      if (status == 0) {
        voice = name;
      }
      return status;
    }
  }

  /// Phonemes of `text` in the current voice, clause by clause; empty when eSpeak does not reach
  /// the end of the text.
  ///
  /// @param text a part of [EspeakText], so without NUL and of bounded length
  /// @param most clauses
  Optional<List<Clause>> clauses(String text, int most) {
    try (Arena call = Arena.ofConfined()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      MemorySegment start = call.allocate(utf8.length + 1L);
      MemorySegment.copy(utf8, 0, start, JAVA_BYTE, 0, utf8.length);
      MemorySegment next = call.allocateFrom(ADDRESS, start);
      MemorySegment terminator = call.allocate(JAVA_INT);
      List<Clause> clauses = new ArrayList<>();
      while (!next.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
        if (clauses.size() == most) {
          return Optional.empty();
        }
        terminator.set(JAVA_INT, 0, 0);
        MemorySegment phonemes =
            call(() -> (MemorySegment) textToPhonemes.invokeExact(next, UTF_8, IPA, terminator));
        clauses.add(new Clause(copyOf(phonemes), terminator.get(JAVA_INT, 0)));
      }
      return Optional.of(clauses);
    }
  }

  /// Unloads the copy; no method may be called any more. Does not call `espeak_Terminate`: the
  /// process ends, and a crash in it would be of no use.
  @Override
  public void close() {
    arena.close();
  }

  /// The string lies in a buffer that the next call overwrites.
  private static String copyOf(MemorySegment phonemes) {
    return phonemes.equals(MemorySegment.NULL)
        ? ""
        : phonemes.reinterpret(MAX_CLAUSE_BYTES).getString(0);
  }

  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout... arguments) {
    return handle(library, name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor type) {
    MemorySegment address =
        library
            .find(name)
            .orElseThrow(() ->
                new WorkerException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "eSpeak NG is too old: it has no " + name + ", 1.52 or newer is needed"));
    return Linker.nativeLinker().downcallHandle(address, type);
  }

  private static <T> T call(NativeCall<T> function) {
    try {
      return function.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new WorkerException(ErrorCode.INTERNAL, "A call of eSpeak NG failed", e);
    }
  }

  private interface NativeCall<T> {
    T invoke() throws Throwable;
  }

  /// Result of one native call.
  ///
  /// @param phonemes IPA, with language-switch flags such as `(en)`
  /// @param terminator eSpeak's `CLAUSE_*` bits: what ended the clause
  record Clause(String phonemes, int terminator) {}
}
