package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface;
import dev.ttsworker.engine.voice.cache.PartFolders;
import java.nio.file.Path;
import java.util.Locale;

/// Files of a partitioned voice. Close it when the stages are in memory: a temporary folder is
/// removed then.
record PartitionFiles(Path folder, PartitionInterface names, boolean temporary)
    implements AutoCloseable {
  Path file(GraphPart stage) {
    return file(folder, stage);
  }

  static Path file(Path folder, GraphPart stage) {
    return folder.resolve(stage.name().toLowerCase(Locale.ROOT) + ".onnx");
  }

  @Override
  public void close() {
    new PartFolders.Kept(folder, temporary).close();
  }
}
