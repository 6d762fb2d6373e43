package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.GraphPartitioner;
import dev.ttsworker.engine.graph.PartitionInterface;
import dev.ttsworker.engine.graph.PartitionResult;
import dev.ttsworker.engine.graph.PartitionedGraphs;
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
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cache of partitioned voices on disk: beside the voice, else in a cache folder that only this
/// user can write to, else in a temporary one. A folder is written under a temporary name and then
/// renamed, so that it is whole or absent; its name is the source's checksum and the cutter's
/// version.
final class PartitionCache {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionCache.class);
  private static final String BESIDE_VOICE = ".cut";
  private static final int KEY_DIGITS = 32;
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{" + KEY_DIGITS + "}-v\\d+");

  private final Path fallbackFolder;

  PartitionCache(Path fallbackFolder) {
    this.fallbackFolder = fallbackFolder;
  }

  /// The stages of a voice, cut now if they are not there.
  ///
  /// @return empty when the voice cannot be cut, which is logged
  /// @throws WorkerException as [GraphPartitioner#partition]
  Optional<PartitionFiles> open(Path model) {
    String key = key(model);
    Path beside = model.resolveSibling(BESIDE_VOICE);
    List<Path> roots = List.of(beside, fallbackFolder);
    for (Path root : isTrusted() ? roots : List.of(beside)) {
      Optional<PartitionInterface> names = PartitionManifest.read(root.resolve(key));
      if (names.isPresent()) {
        return Optional.of(new PartitionFiles(root.resolve(key), names.get(), false));
      }
    }
    return switch (GraphPartitioner.partition(model)) {
      case PartitionResult.Unpartitionable(String reason) -> {
        LOG.warn("{} cannot stream within a sentence: {}", model.getFileName(), reason);
        yield Optional.empty();
      }
      case PartitionedGraphs cut -> {
        PartitionFiles files = store(cut, roots, key, model);
        removeOutdated(beside, key);
        yield Optional.of(files);
      }
    };
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

  private static String key(Path model) {
    try {
      return FileHashes.checksum(model) + "-v" + GraphPartitioner.VERSION;
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          Printable.shortName(model) + " cannot be read: " + e.getClass().getSimpleName(),
          e);
    }
  }

  private PartitionFiles store(PartitionedGraphs cut, List<Path> roots, String key, Path model) {
    for (Path root : roots) {
      try {
        if (root.equals(fallbackFolder)) {
          PrivateFolder.create(root);
        } else {
          Files.createDirectories(root);
        }
        return store(cut, root, key);
      } catch (IOException e) {
        LOG.info(
            "The stages of {} cannot be kept in {}: {}",
            model.getFileName(),
            root.getFileName(),
            e.getClass().getSimpleName());
      }
    }
    return storeForNow(cut, model);
  }

  private static PartitionFiles store(PartitionedGraphs cut, Path root, String key)
      throws IOException {
    Path target = root.resolve(key);
    Path fresh = Files.createDirectory(root.resolve("tmp-" + UUID.randomUUID()));
    try {
      write(cut, fresh);
      Folders.delete(target);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Folders.delete(fresh);
      // Another process may have been quicker.
      if (PartitionManifest.read(target).isEmpty()) {
        throw e;
      }
    }
    return new PartitionFiles(target, cut.names(), false);
  }

  private static PartitionFiles storeForNow(PartitionedGraphs cut, Path model) {
    LOG.warn(
        "{} is partitioned again at every start: no folder can be written to", model.getFileName());
    try {
      PartitionFiles files =
          new PartitionFiles(Files.createTempDirectory("tts-worker-cut"), cut.names(), true);
      try {
        write(cut, files.folder());
      } catch (IOException e) {
        files.close();
        throw e;
      }
      return files;
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "The stages of %s cannot be written, not even to a temporary folder: %s"
              .formatted(Printable.shortName(model), e.getClass().getSimpleName()),
          e);
    }
  }

  private static void write(PartitionedGraphs cut, Path folder) throws IOException {
    for (GraphPart stage : GraphPart.values()) {
      cut.write(stage, PartitionFiles.file(folder, stage));
    }
    PartitionManifest.write(folder, cut.names());
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
