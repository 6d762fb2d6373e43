package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;

/// Partitioner of voices that predict a spectrum for each frame: splits the model into the text
/// stage, which takes the whole sentence, and the decoder, which takes windows of its frames.
public final class SpectralPartitioner {
  /// Changes whenever the same model would be partitioned differently.
  public static final int VERSION = 1;

  private SpectralPartitioner() {}

  /// Reads and partitions one model.
  ///
  /// @param weights those of the parts
  /// @throws WorkerException `MODEL_LOAD_FAILED` when it cannot be read, `INVALID_VOICEPACK` when
  ///   it is no ONNX model, or none that can be cut; all name folder and file
  public static SpectralGraphs partition(Path model, ByteWeights weights) {
    ModelProto source = GraphPartitioner.read(model);
    String name = GraphPartitioner.name(model);
    try {
      source.getGraph().getNodeList().forEach(GraphPartitioner::check);
      ModelProto proto = weights.in(source);
      GraphIndex index = new GraphIndex(proto.getGraph());
      return new SpectralGraphs(name, proto, index, new SpectralFinder(index).find());
    } catch (UnpartitionableGraphException e) {
      throw new WorkerException(ErrorCode.INVALID_VOICEPACK, message(name, e), e);
    }
  }

  static String message(String name, UnpartitionableGraphException e) {
    return "%s is no graph of a hibari voice: %s".formatted(name, e.reason());
  }
}
