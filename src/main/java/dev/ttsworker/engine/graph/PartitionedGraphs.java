package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.ModelProto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Partitioned voice: models that can be written to disk. Immutable; the stages share their weights
/// with the source in memory.
public final class PartitionedGraphs implements PartitionResult {
  private final Map<GraphPart, ModelProto> models;
  private final PartitionInterface names;

  PartitionedGraphs(Map<GraphPart, ModelProto> models, PartitionInterface names) {
    this.models = Map.copyOf(models);
    this.names = names;
  }

  public PartitionInterface names() {
    return names;
  }

  /// Writes one stage, replacing an existing file.
  ///
  /// @throws IOException from the file system
  public void write(GraphPart stage, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model(stage).writeTo(out);
    }
  }

  ModelProto model(GraphPart stage) {
    return Objects.requireNonNull(models.get(stage));
  }
}
