package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Data of the English front end: lexicons, tagger, tokenizer exceptions and nets for unknown
/// words, compiled once at the installation of a voice into one file. Immutable; usable by any
/// thread.
///
/// Source files (other people's: see NOTICE; none is part of this project):
///
/// | File | From |
/// |---|---|
/// | `lexicon_us_gold.json.gz`, `lexicon_gb_gold.json.gz` | `hibari/assets` of hibari-tts 0.2.1 |
/// | `tagger.json.gz`, `tokenizer_exceptions.json` | the same |
/// | `oov.onnx` and `oov.json`, `oov_gb.onnx` and `oov_gb.json` | the same |
/// | `cmudict.dict`, or `cmudict.js` (a module `"word": "P1 P2"`) | CMUdict |
///
/// A `.gz` may be there unpacked, without its ending. The lexicon and the net of one of the two
/// accents may be missing together.
public final class EnglishData {
  static final String EXCEPTIONS = "exceptions";
  static final String TAGGER = "tagger";
  static final String VOCABULARY = "tagger-vocabulary";
  static final String CERTAIN = "tagger-certain";
  static final String CMU = "cmu";
  static final String GOLD = "gold-";
  static final String NET = "net-";

  private final DataFile file;
  private final Object lock = new Object();
  private Optional<Shared> shared = Optional.empty();

  /// What both accents use.
  private record Shared(Tokenizer tokenizer, Tagger tagger, PackedMap cmu, Heteronyms heteronyms) {}

  private EnglishData(DataFile file) {
    this.file = file;
  }

  /// Compiles the source files; takes a second or two and some hundred megabytes.
  ///
  /// @param sourceFolder has the files above
  /// @param targetFile replaced when it is there; its folder must exist
  /// @throws WorkerException `INSTALL_FAILED`, naming the file that is missing, damaged or of
  ///   another kind
  public static void compile(Path sourceFolder, Path targetFile) {
    SourceFolder sources = new SourceFolder(sourceFolder);
    try {
      DataFile.write(targetFile, sources.compile());
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INSTALL_FAILED,
          "Language data "
              + targetFile.getFileName()
              + " cannot be written: "
              + SmallFile.reason(e),
          e);
    }
  }

  /// Opens a compiled file. Only its table is read and checked.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK`, naming the file, when it is missing, damaged or
  ///   of another version
  public static EnglishData open(Path file) {
    return new EnglishData(DataFile.open(file));
  }

  /// The varieties that it has, of `en-us` and `en-gb`.
  public List<String> varieties() {
    return Stream.of(Accent.values()).filter(this::has).map(Accent::variety).toList();
  }

  private boolean has(Accent accent) {
    return file.has(GOLD + accent.variety()) && file.has(NET + accent.variety());
  }

  /// Reads and checks what one accent needs; some megabytes.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK`, naming the file, when it lacks the accent or is
  ///   damaged
  EnglishModel load(Accent accent) {
    if (!has(accent)) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "Language data %s: it has no '%s', but %s"
              .formatted(file.file().getFileName(), accent.variety(), varieties()));
    }
    try {
      Shared own = shared();
      return new EnglishModel(
          own.tokenizer(),
          own.tagger(),
          new Lexicon(accent, PackedMap.of(file.read(GOLD + accent.variety())), own.cmu()),
          UnknownWordNet.of(file.read(NET + accent.variety())),
          own.heteronyms());
    } catch (WorkerException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "Language data " + file.file().getFileName() + ": " + e.getMessage(),
          e);
    }
  }

  private Shared shared() {
    synchronized (lock) {
      Shared made =
          shared.orElseGet(() ->
              new Shared(
                  new Tokenizer(PackedMap.of(file.read(EXCEPTIONS))),
                  Tagger.of(file.read(VOCABULARY), file.read(CERTAIN), file.read(TAGGER)),
                  PackedMap.of(file.read(CMU)),
                  Heteronyms.load()));
      shared = Optional.of(made);
      return made;
    }
  }
}
