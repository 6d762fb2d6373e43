package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Partitioned spectral voice: models that can be written to disk. Immutable.
public final class SpectralGraphs {
  private static final OptionalInt RANK = OptionalInt.of(3);

  private final String source;
  private final ModelProto text;
  private final ModelProto raw;
  private final ModelProto decoder;
  private final SpectralInterface names;
  private final CarriedColumns.Layout layout;

  /// @param source names the file in messages
  SpectralGraphs(String source, ModelProto model, GraphIndex index, SpectralInterface names) {
    SubGraph part = new SubGraph(model, index);
    this.source = source;
    this.names = names;
    // Unchanged: durations are rounded, so they must be equal to the bit.
    this.text =
        part.extract(List.of(), List.of(names.decoderInput(), names.pitch(), names.durations()));
    this.raw =
        part.extract(List.of(new Boundary(names.decoderInput(), RANK)), SpectralFinder.PARTS);
    this.layout = CarriedColumns.layout(index, raw.getGraph().getNodeList());
    this.decoder = SpectrumTail.in(raw);
  }

  public SpectralInterface names() {
    return names;
  }

  /// Writes the text stage: phoneme numbers and speed to decoder input, pitch and durations.
  ///
  /// @throws IOException from the file system
  public void writeText(Path file) throws IOException {
    write(text, file);
  }

  /// Writes the decoder as it is, for a whole sentence at once, which also gives the smallest and
  /// the largest value of each quantized tensor.
  ///
  /// @throws IOException from the file system
  public void writeRanges(Path file) throws IOException {
    GraphProto.Builder graph = decoder.getGraph().toBuilder();
    for (String tensor : names.quantized()) {
      addReduction(graph, "ReduceMin", tensor, SpectralInterface.smallest(tensor));
      addReduction(graph, "ReduceMax", tensor, SpectralInterface.largest(tensor));
    }
    write(decoder.toBuilder().setGraph(graph).build(), file);
  }

  private static void addReduction(
      GraphProto.Builder graph, String type, String tensor, String output) {
    graph
        .addNode(Nodes.node(type, output, tensor).addAttribute(Nodes.number("keepdims", 0)))
        .addOutput(SubGraph.floats(new Boundary(output, OptionalInt.empty())));
  }

  /// Writes the decoder for consecutive windows.
  ///
  /// @param ranges of the quantized tensors, by name
  /// @throws IOException from the file system
  /// @throws WorkerException `INVALID_VOICEPACK` when a layer has a form that is not known
  public void writeDecoder(Map<String, ValueRange> ranges, Path file) throws IOException {
    ModelProto fixed;
    try {
      fixed = StaticQuantization.in(decoder, ranges);
    } catch (UnpartitionableGraphException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, SpectralPartitioner.message(source, e), e);
    }
    write(Conv1dToConv2d.in(CarriedColumns.in(NormalizationSteps.in(fixed), layout)), file);
  }

  /// Writes the decoder for accelerators, whose windows have their context in them.
  ///
  /// @throws IOException from the file system
  /// @throws WorkerException `INVALID_VOICEPACK` when a layer has a form that is not known
  public void writeDeviceDecoder(Path file) throws IOException {
    ModelProto device;
    try {
      device = DeviceDecoder.in(raw);
    } catch (UnpartitionableGraphException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, SpectralPartitioner.message(source, e), e);
    }
    write(device, file);
  }

  private static void write(ModelProto model, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model.writeTo(out);
    }
  }
}
