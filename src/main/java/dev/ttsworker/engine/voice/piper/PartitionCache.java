package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.GraphPartitioner;
import dev.ttsworker.engine.graph.PartitionResult;
import dev.ttsworker.engine.graph.PartitionedGraphs;
import dev.ttsworker.engine.voice.cache.PartFolders;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cache of partitioned voices on disk.
final class PartitionCache {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionCache.class);

  private final PartFolders folders;

  PartitionCache(Path fallbackFolder) {
    this.folders = new PartFolders(fallbackFolder);
  }

  /// The stages of a voice, cut now if they are not there.
  ///
  /// @return empty when the voice cannot be cut, which is logged
  /// @throws WorkerException as [GraphPartitioner#partition]
  Optional<PartitionFiles> open(Path model) {
    Optional<PartitionFiles> found =
        folders.find(model, GraphPartitioner.VERSION, PartitionCache::read);
    return found.isPresent() ? found : cut(model);
  }

  private static Optional<PartitionFiles> read(Path folder) {
    return PartitionManifest.read(folder).map(names -> new PartitionFiles(folder, names, false));
  }

  private Optional<PartitionFiles> cut(Path model) {
    return switch (GraphPartitioner.partition(model)) {
      case PartitionResult.Unpartitionable(String reason) -> {
        LOG.warn("{} cannot stream within a sentence: {}", model.getFileName(), reason);
        yield Optional.empty();
      }
      case PartitionedGraphs cut -> {
        PartFolders.Kept kept =
            folders.store(
                model,
                GraphPartitioner.VERSION,
                folder -> write(cut, folder),
                PartitionCache::read);
        yield Optional.of(new PartitionFiles(kept.folder(), cut.names(), kept.temporary()));
      }
    };
  }

  private static void write(PartitionedGraphs cut, Path folder) throws IOException {
    for (GraphPart stage : GraphPart.values()) {
      cut.write(stage, PartitionFiles.file(folder, stage));
    }
    PartitionManifest.write(folder, cut.names());
  }
}
