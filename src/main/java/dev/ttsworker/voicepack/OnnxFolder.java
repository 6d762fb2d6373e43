package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Voice folder with one ONNX model and its configuration in JSON beside it.
public final class OnnxFolder {
  private static final String MODEL_SUFFIX = ".onnx";
  private static final String CONFIG_SUFFIX = ".json";
  private static final byte[] LFS_POINTER =
      "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  private OnnxFolder() {}

  /// The files of a folder.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when there is not exactly one usable model
  public static VoiceFiles read(Path folder) {
    Path model = onlyModel(models(folder));
    return files(folder, model, configOf(model));
  }

  /// The files of a folder whose configuration has a name of its own.
  ///
  /// @throws WorkerException as [#read(Path)]
  public static VoiceFiles read(Path folder, String configName) {
    Path model = onlyModel(models(folder));
    return files(folder, model, model.resolveSibling(configName));
  }

  /// The same; empty when the folder has another shape.
  static Optional<VoiceFiles> find(Path folder) {
    List<Path> models = models(folder);
    boolean sameShape = models.size() == 1 && Files.isRegularFile(configOf(models.getFirst()));
    return sameShape
        ? Optional.of(files(folder, models.getFirst(), configOf(models.getFirst())))
        : Optional.empty();
  }

  /// Whether a file has the name of a model.
  static boolean isModel(Path file) {
    return Folders.name(file).endsWith(MODEL_SUFFIX);
  }

  private static WorkerException invalid(String reason) {
    return new WorkerException(ErrorCode.INVALID_VOICEPACK, reason);
  }

  private static Path onlyModel(List<Path> models) {
    if (models.isEmpty()) {
      throw invalid("no .onnx file; exactly one is needed");
    }
    if (models.size() > 1) {
      String names = String.join(", ", models.stream().map(Folders::name).toList());
      String count = models.size() == 2 ? "two" : Integer.toString(models.size());
      throw invalid(
          count + " .onnx files: " + Printable.printable(names, 300) + "; exactly one is allowed");
    }
    return models.getFirst();
  }

  private static VoiceFiles files(Path folder, Path model, Path config) {
    try {
      requireModel(model);
      if (!Files.exists(config)) {
        throw invalid(Folders.name(model) + " has no " + Folders.name(config) + " beside it");
      }
      return new VoiceFiles(folder, model, config, stamp(model) + ";" + stamp(config));
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          Folders.name(model) + " cannot be read: " + SmallFile.reason(e),
          e);
    }
  }

  private static void requireModel(Path model) throws IOException {
    if (!Files.isRegularFile(model)) {
      throw invalid(Folders.name(model) + " is not a regular file, or a link to one that is gone");
    }
    try (InputStream input = Files.newInputStream(model)) {
      byte[] start = input.readNBytes(LFS_POINTER.length);
      if (start.length == 0) {
        throw invalid(Folders.name(model) + " is empty");
      }
      if (Arrays.equals(start, LFS_POINTER)) {
        throw invalid(
            Folders.name(model) + " is a Git LFS pointer; fetch the file itself (git lfs pull)");
      }
    }
  }

  private static String stamp(Path file) throws IOException {
    return Folders.name(file)
        + ":"
        + Files.size(file)
        + ":"
        + Files.getLastModifiedTime(file).toInstant();
  }

  private static Path configOf(Path model) {
    return model.resolveSibling(Folders.name(model) + CONFIG_SUFFIX);
  }

  private static List<Path> models(Path folder) {
    try {
      return Folders.visible(folder).stream()
          .filter(entry -> isModel(entry) && !Files.isDirectory(entry))
          .toList();
    } catch (IOException e) {
      throw invalid("cannot be listed: " + SmallFile.reason(e));
    }
  }
}
