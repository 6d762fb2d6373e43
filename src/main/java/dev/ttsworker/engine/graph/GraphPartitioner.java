package dev.ttsworker.engine.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Graph partitioner: splits a stock Piper model into text encoder, flow and two decoder stages, so
/// that audio can leave before the whole sentence is computed. Random numbers become inputs, so
/// that a seed reproduces a call.
public final class GraphPartitioner {
  /// Changes whenever the same model would be partitioned differently.
  public static final int VERSION = 4;

  /// Node types without inputs.
  private static final Set<String> SOURCES = Set.of("Constant");

  private static final OptionalInt RANK = OptionalInt.of(3);

  private GraphPartitioner() {}

  /// Reads and partitions one model; needs about twice its size in memory while it runs.
  ///
  /// @return [PartitionResult.Unpartitionable] when the model is no graph of Piper's structure
  /// @throws WorkerException `MODEL_LOAD_FAILED` when it cannot be read, `INVALID_VOICEPACK` when
  ///   it is no ONNX model; both name folder and file
  public static PartitionResult partition(Path model) {
    ModelProto proto = read(model);
    try {
      return partition(proto);
    } catch (UnpartitionableGraphException e) {
      return new PartitionResult.Unpartitionable(e.reason());
    }
  }

  static ModelProto read(Path file) {
    try {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      if (model.getGraph().getNodeCount() == 0) {
        throw new WorkerException(
            ErrorCode.INVALID_VOICEPACK,
            name(file) + " is not a valid ONNX model: it has no graph");
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, name(file) + " is no ONNX model, or a broken one", e);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          name(file) + " cannot be read: " + e.getClass().getSimpleName(),
          e);
    }
  }

  static String name(Path file) {
    int parts = file.getNameCount();
    return file.subpath(Math.max(0, parts - 2), parts).toString();
  }

  static PartitionedGraphs partition(ModelProto model) {
    model.getGraph().getNodeList().forEach(GraphPartitioner::check);
    GraphIndex index = new GraphIndex(model.getGraph());
    PartitionInterface names = new PartitionFinder(index).find();
    SubGraph part = new SubGraph(model, index);
    return new PartitionedGraphs(
        Map.of(
            GraphPart.TEXT,
            text(part, names),
            GraphPart.FLOW,
            stage(part, flowInputs(names), List.of(names.latent())),
            GraphPart.HEAD,
            stage(part, inputs(names.latent(), names.headConditions()), List.of(names.features())),
            GraphPart.TAIL,
            stage(part, inputs(names.features(), names.tailConditions()), List.of(names.audio()))),
        names);
  }

  /// The runtime rejects such nodes with a better message; here they must only do no harm.
  static void check(NodeProto node) {
    boolean source = SOURCES.contains(node.getOpType()) || GraphIndex.isRandom(node);
    if (node.getOutputCount() == 0 || (node.getInputCount() == 0 && !source)) {
      throw new UnpartitionableGraphException(
          "node " + node.getName() + " (" + node.getOpType() + ") lacks its inputs or outputs");
    }
  }

  private static ModelProto text(SubGraph part, PartitionInterface names) {
    List<Boundary> inputs =
        names.durationNoise().map(noise -> List.of(new Boundary(noise, RANK))).orElse(List.of());
    List<String> outputs =
        new ArrayList<>(List.of(names.mean(), names.logScale(), names.durations()));
    TreeSet<String> conditions = new TreeSet<>(names.flowConditions());
    conditions.addAll(names.headConditions());
    conditions.addAll(names.tailConditions());
    outputs.addAll(conditions);
    // Unchanged: durations are rounded up to frames, so they must be equal to the bit.
    return part.extract(inputs, outputs);
  }

  private static ModelProto stage(SubGraph part, List<Boundary> inputs, List<String> outputs) {
    return Conv1dToConv2d.in(part.extract(inputs, outputs));
  }

  private static List<Boundary> flowInputs(PartitionInterface names) {
    List<Boundary> inputs = inputs(names.priorSample(), names.flowConditions());
    names.mask().ifPresent(mask -> inputs.add(new Boundary(mask, RANK)));
    return inputs;
  }

  private static List<Boundary> inputs(String frames, List<String> conditions) {
    List<Boundary> inputs = new ArrayList<>();
    inputs.add(new Boundary(frames, RANK));
    conditions.forEach(name -> inputs.add(condition(name)));
    return inputs;
  }

  private static Boundary condition(String name) {
    return new Boundary(name, OptionalInt.empty());
  }
}
