package dev.ttsworker.engine.graph;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.Optional;

/// Scales of quantized weights: one for all, or one for each channel. Immutable.
final class ByteScales {
  private final float[] scales;
  private final int[] zeros;

  private ByteScales(float[] scales, int[] zeros) {
    this.scales = scales;
    this.zeros = zeros;
  }

  /// The number that a quantized one stands for.
  @FunctionalInterface
  interface Value {
    float of(int index, int number);
  }

  /// @param zeros as many as scales, or one; empty for zero
  /// @param channels of the weights
  /// @param node that has them, for messages
  /// @throws UnpartitionableGraphException when the counts do not fit
  static ByteScales of(
      TensorProto scales, Optional<TensorProto> zeros, int channels, NodeProto node) {
    float[] steps = ModelWeights.floats(scales);
    int[] points = zeros.map(ByteScales::numbers).orElseGet(() -> new int[1]);
    boolean fits =
        (steps.length == 1 || steps.length == channels)
            && (points.length == 1 || points.length == channels);
    if (!fits) {
      throw Dequantization.form(node);
    }
    return new ByteScales(steps, points);
  }

  /// Channels are the last dimension.
  Value byLast() {
    return (index, number) -> value(index, number);
  }

  /// Channels are the first dimension.
  Value byFirst(TensorProto weights) {
    long size = 1;
    for (long extent : weights.getDimsList().subList(1, weights.getDimsCount())) {
      size *= extent;
    }
    int each = Math.toIntExact(size);
    return (index, number) -> value(index / each, number);
  }

  private float value(int channel, int number) {
    return (number - zeros[channel % zeros.length]) * scales[channel % scales.length];
  }

  /// Bytes, signed or not as their type says.
  static int[] numbers(TensorProto tensor) {
    ByteString raw = tensor.getRawData();
    boolean unsigned = tensor.getDataType() == Nodes.UINT8;
    boolean listed = tensor.getInt32DataCount() > 0;
    int[] numbers = new int[listed ? tensor.getInt32DataCount() : raw.size()];
    for (int i = 0; i < numbers.length; i++) {
      int number = listed ? tensor.getInt32Data(i) : raw.byteAt(i);
      numbers[i] = unsigned ? number & 0xFF : number;
    }
    return numbers;
  }
}
