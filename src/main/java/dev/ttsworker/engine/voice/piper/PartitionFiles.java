package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface;
import dev.ttsworker.voicepack.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of a partitioned voice. Close it when the stages are in memory: a temporary folder is
/// removed then.
record PartitionFiles(Path folder, PartitionInterface names, boolean temporary)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionFiles.class);

  Path file(GraphPart stage) {
    return file(folder, stage);
  }

  static Path file(Path folder, GraphPart stage) {
    return folder.resolve(stage.name().toLowerCase(Locale.ROOT) + ".onnx");
  }

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
