package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reader of a Kokoro voice's folder `voices`: a file for each speaker, `NAME.bin`, with its styles
/// by length of the sentence: rows of 256 little-endian floats.
final class SpeakerFiles {
  static final String FOLDER = "voices";

  /// Numbers of a style.
  static final int WIDTH = 256;

  private static final int MOST_ROWS = 510;
  private static final int ROW_BYTES = WIDTH * Float.BYTES;
  private static final int MOST_SPEAKERS = 256;
  private static final String SUFFIX = ".bin";
  private static final String USUAL = "af_heart";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{1,40}");

  private SpeakerFiles() {}

  /// Names of the speakers, in the order of their numbers: the usual one first, the others by name.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when there are none, or a file is no speaker's
  static List<String> names(Path voice) {
    List<String> names = new ArrayList<>();
    for (Path file : files(voice)) {
      String fileName = Folders.name(file);
      String name =
          fileName.endsWith(SUFFIX)
              ? fileName.substring(0, fileName.length() - SUFFIX.length())
              : "";
      if (!NAME.matcher(name).matches() || KokoroLanguage.of(name).isEmpty()) {
        throw invalid(
            fileName,
            "allowed: names as af_heart.bin, the first letter one of " + KokoroLanguage.letters());
      }
      checkSize(file);
      names.add(name);
    }
    if (names.isEmpty() || names.size() > MOST_SPEAKERS) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s has %d files; allowed: 1 to %d, a NAME.bin for each speaker"
              .formatted(FOLDER, names.size(), MOST_SPEAKERS));
    }
    if (names.remove(USUAL)) {
      names.addFirst(USUAL);
    }
    return List.copyOf(names);
  }

  private static List<Path> files(Path voice) {
    Path folder = voice.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "there is no folder " + FOLDER + "; needed: one with a NAME.bin for each speaker");
    }
    try {
      return Folders.visible(folder);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static void checkSize(Path file) {
    try {
      long size = Files.size(file);
      if (size < ROW_BYTES || size % ROW_BYTES != 0 || size > (long) MOST_ROWS * ROW_BYTES) {
        throw invalid(
            Folders.name(file),
            "it has %d bytes; allowed: 1 to %d rows of %d bytes"
                .formatted(size, MOST_ROWS, ROW_BYTES));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// What changes when a speaker's file does.
  static String fingerprint(Path voice) {
    StringBuilder found = new StringBuilder();
    for (Path file : files(voice)) {
      try {
        found
            .append(';')
            .append(Folders.name(file))
            .append(':')
            .append(Files.size(file))
            .append(':')
            .append(Files.getLastModifiedTime(file).toInstant());
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return found.toString();
  }

  /// The styles of a speaker, row-major.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when the file has another size, or a number in it
  ///   is not finite
  static float[] styles(Path voice, String speaker) {
    Path file = voice.resolve(FOLDER).resolve(speaker + SUFFIX);
    checkSize(file);
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    float[] styles = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(styles);
    for (int i = 0; i < styles.length; i++) {
      if (!Float.isFinite(styles[i])) {
        throw invalid(
            Folders.name(file), "number %d is %s; allowed: finite ones".formatted(i, styles[i]));
      }
    }
    return styles;
  }

  private static WorkerException invalid(String file, String reason) {
    return new WorkerException(
        ErrorCode.INVALID_VOICEPACK,
        "%s/%s: %s".formatted(FOLDER, Printable.printable(file, 80), reason));
  }

  private static WorkerException unreadable(Path file, IOException e) {
    return new WorkerException(
        ErrorCode.INVALID_VOICEPACK,
        Printable.shortName(file) + " cannot be read: " + SmallFile.reason(e),
        e);
  }
}
