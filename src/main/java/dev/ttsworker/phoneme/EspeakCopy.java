package dev.ttsworker.phoneme;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One loaded copy of the eSpeak NG library: the whole native surface of this package.
///
/// All of eSpeak's state is global to a loaded library, so a copy belongs to one thread at a time,
/// and each copy is loaded from a renamed file of its own: the loader would hand out the same
/// library twice otherwise. The file is deleted as soon as it is loaded; the mapping outlives it.
@SuppressWarnings("restricted") // this class is where the package goes native
final class EspeakCopy implements AutoCloseable {
  private static final int AUDIO_OUTPUT_SYNCHRONOUS = 2;
  private static final int DO_NOT_EXIT_ON_ERROR = 0x8000;
  private static final int UTF_8 = 1;
  private static final int IPA = 2;

  private final Arena arena;
  private final MethodHandle setVoiceByName;
  private final MethodHandle textToPhonemes;
  private final MethodHandle terminate;
  private String voice = "";

  private EspeakCopy(Arena arena, SymbolLookup library, EspeakFiles files) {
    this.arena = arena;
    MethodHandle initialize =
        function(library, "espeak_Initialize", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    setVoiceByName = function(library, "espeak_SetVoiceByName", ADDRESS);
    textToPhonemes =
        handle(
            library,
            "espeak_TextToPhonemesWithTerminator",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    terminate = function(library, "espeak_Terminate");
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
  /// @throws WorkerException `INVALID_CONFIGURATION` when the library cannot be copied, loaded or
  ///   initialised, or is too old (1.52 is needed)
  static EspeakCopy load(EspeakFiles files) {
    Arena arena = Arena.ofShared();
    try {
      return new EspeakCopy(arena, open(files.library(), arena), files);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static SymbolLookup open(Path library, Arena arena) {
    try {
      Path copy = Files.createTempFile("tts-worker-espeak-ng-", ".lib");
      try {
        Files.write(copy, Files.readAllBytes(library));
        return SymbolLookup.libraryLookup(copy, arena);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "eSpeak NG cannot be loaded from a copy of "
              + library
              + " in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /// Makes `name` the language of the next texts; does nothing when it already is.
  ///
  /// @param name as checked by [EspeakPool#forVoice]
  /// @throws WorkerException `INVALID_VOICEPACK` when eSpeak has no such voice
  void useVoice(String name) {
    if (name.equals(voice)) {
      return;
    }
    voice = "";
    try (Arena call = Arena.ofConfined()) {
      MemorySegment wanted = call.allocateFrom(name);
      int status = call(() -> (int) setVoiceByName.invokeExact(wanted));
      if (status != 0) {
        throw new WorkerException(
            ErrorCode.INVALID_VOICEPACK,
            "espeak.voice: eSpeak NG has no voice '" + name + "' (status " + status + ")");
      }
    }
    voice = name;
  }

  /// Phonemes of `text` in the current voice, clause by clause, as eSpeak gives them.
  ///
  /// @param text a piece of [EspeakText], so without NUL and of bounded length
  List<Clause> clauses(String text) {
    try (Arena call = Arena.ofConfined()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      MemorySegment start = call.allocate(utf8.length + 1L);
      MemorySegment.copy(utf8, 0, start, JAVA_BYTE, 0, utf8.length);
      MemorySegment next = call.allocateFrom(ADDRESS, start);
      MemorySegment terminator = call.allocate(JAVA_INT);
      List<Clause> clauses = new ArrayList<>();
      while (!next.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
        if (clauses.size() > utf8.length) {
          throw new WorkerException(
              ErrorCode.INTERNAL, "eSpeak NG does not come to the end of a text in " + voice);
        }
        terminator.set(JAVA_INT, 0, 0);
        MemorySegment phonemes =
            call(() -> (MemorySegment) textToPhonemes.invokeExact(next, UTF_8, IPA, terminator));
        clauses.add(new Clause(copyOf(phonemes), terminator.get(JAVA_INT, 0)));
      }
      return clauses;
    }
  }

  /// Unloads the copy; no method may be called any more.
  @Override
  public void close() {
    try {
      call(() -> (int) terminate.invokeExact());
    } finally {
      arena.close();
    }
  }

  /// The string lies in a buffer that the next call overwrites.
  private static String copyOf(MemorySegment phonemes) {
    return phonemes.equals(MemorySegment.NULL)
        ? ""
        : phonemes.reinterpret(Long.MAX_VALUE).getString(0);
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

  /// What one native call gives.
  ///
  /// @param phonemes IPA, with language-switch flags such as `(en)`
  /// @param terminator eSpeak's `CLAUSE_*` bits: what ended the clause
  record Clause(String phonemes, int terminator) {}
}
