package dev.ttsworker.engine.voice.cache;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cache of the parts of voices on disk: beside the voice, else in a cache folder that only this
/// user can write to, else in a temporary one. A folder is written under a temporary name and then
/// renamed, so that it is whole or absent; its name is the source's checksum and the cutter's
/// version.
public final class PartFolders {
  private static final Logger LOG = LoggerFactory.getLogger(PartFolders.class);
  private static final String BESIDE_VOICE = ".cut";
  private static final int KEY_DIGITS = 32;
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{" + KEY_DIGITS + "}-v\\d+");

  private final Path fallbackFolder;

  public PartFolders(Path fallbackFolder) {
    this.fallbackFolder = fallbackFolder;
  }

  /// Writes the parts of a voice into a folder.
  @FunctionalInterface
  public interface PartWriter {
    void write(Path folder) throws IOException;
  }

  /// A folder with parts.
  ///
  /// @param temporary whether it is to be removed when the parts are in memory
  public record Kept(Path folder, boolean temporary) implements AutoCloseable {
    @Override
    public void close() {
      if (temporary) {
        try {
          Folders.delete(folder);
        } catch (IOException e) {
          LOG.warn("The temporary folder {} stays behind: {}", folder.getFileName(), e.toString());
        }
      }
    }
  }

  /// Looks for the parts of a model.
  ///
  /// @param version of the cutter
  /// @param reader gives what a folder holds; empty when it is not there or not what was written
  /// @throws WorkerException `MODEL_LOAD_FAILED` when the model cannot be read
  public <T> Optional<T> find(Path model, int version, Function<Path, Optional<T>> reader) {
    String key = key(model, version);
    for (Path root : isTrusted() ? roots(model) : roots(model).subList(0, 1)) {
      Optional<T> found = reader.apply(root.resolve(key));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<Path> roots(Path model) {
    return List.of(model.resolveSibling(BESIDE_VOICE), fallbackFolder);
  }

  /// Whether nobody else can have written what lies in the cache folder.
  private boolean isTrusted() {
    try {
      return PrivateFolder.isPrivate(fallbackFolder);
    } catch (IOException e) {
      LOG.info("The cache folder is not used: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  private static String key(Path model, int version) {
    try {
      return FileHashes.checksum(model) + "-v" + version;
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          Printable.shortName(model) + " cannot be read: " + e.getClass().getSimpleName(),
          e);
    }
  }

  /// Keeps the parts of a model where it can, and removes those of what lay there before.
  ///
  /// @param version of the cutter
  /// @param writer writes the parts
  /// @param reader as for [#find]
  /// @throws WorkerException `MODEL_LOAD_FAILED` when not even a temporary folder can be written to
  public Kept store(
      Path model, int version, PartWriter writer, Function<Path, ? extends Optional<?>> reader) {
    String key = key(model, version);
    for (Path root : roots(model)) {
      try {
        if (root.equals(fallbackFolder)) {
          PrivateFolder.create(root);
        } else {
          Files.createDirectories(root);
        }
        Kept kept = store(writer, root, key, reader);
        removeOutdated(model.resolveSibling(BESIDE_VOICE), key);
        return kept;
      } catch (IOException e) {
        LOG.info(
            "The stages of {} cannot be kept in {}: {}",
            model.getFileName(),
            root.getFileName(),
            e.getClass().getSimpleName());
      }
    }
    return storeForNow(writer, model);
  }

  private static Kept store(
      PartWriter writer, Path root, String key, Function<Path, ? extends Optional<?>> reader)
      throws IOException {
    Path target = root.resolve(key);
    Path fresh = Files.createDirectory(root.resolve("tmp-" + UUID.randomUUID()));
    try {
      writer.write(fresh);
      Folders.delete(target);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process may have been quicker.
      if (reader.apply(target).isEmpty()) {
        throw e;
      }
    } finally {
      Folders.delete(fresh);
    }
    return new Kept(target, false);
  }

  private static Kept storeForNow(PartWriter writer, Path model) {
    LOG.warn(
        "{} is partitioned again at every start: no folder can be written to", model.getFileName());
    try {
      Path folder = Files.createTempDirectory("tts-worker-cut");
      boolean complete = false;
      try {
        writer.write(folder);
        complete = true;
        return new Kept(folder, true);
      } finally {
        if (!complete) {
          Folders.delete(folder);
        }
      }
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "The stages of %s cannot be written, not even to a temporary folder: %s"
              .formatted(Printable.shortName(model), e.getClass().getSimpleName()),
          e);
    }
  }

  /// Stages of a model that lay here before, or of an older cutter.
  private static void removeOutdated(Path root, String key) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try {
      for (Path folder : Folders.visible(root)) {
        String name = folder.getFileName().toString();
        if (KEY.matcher(name).matches() && !name.equals(key)) {
          Folders.delete(folder);
        }
      }
    } catch (IOException e) {
      LOG.info("Outdated stages of a voice stay behind: {}", e.getClass().getSimpleName());
    }
  }
}
