package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.InferenceRuntime;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Stage specification for accelerators.
///
/// @param name for logs, such as `flow`
/// @param input name of the input `[batch, channels, width]`
/// @param channels of one window
/// @param mask name of the input `[batch, 1, width]` that is 0 for padding
/// @param conditions inputs that a call adds to every window: names to shapes `[1, …]`
/// @param output name of the output
/// @param outputPerFrame its shape for one window of one frame, `[1, …, output frames]`
/// @param widths that windows are padded to
/// @param nodes placement of its nodes
public record StageSpec(
    String name,
    String input,
    int channels,
    Optional<String> mask,
    Map<String, TensorShape> conditions,
    String output,
    TensorShape outputPerFrame,
    NavigableSet<Integer> widths,
    InferenceRuntime.Nodes nodes) {
  public StageSpec {
    conditions = Map.copyOf(conditions);
    widths = new TreeSet<>(widths);
  }

  /// The shape of the output of a batch.
  long[] outputShape(int batch, int width) {
    return outputPerFrame.times(batch, width);
  }

  /// Output frames per input frame.
  int upsamplingFactor() {
    long[] shape = outputPerFrame.extents();
    return Math.toIntExact(shape[shape.length - 1]);
  }
}
