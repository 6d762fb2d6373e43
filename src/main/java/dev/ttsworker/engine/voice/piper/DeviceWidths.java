package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface.ContextFrames;
import dev.ttsworker.engine.voice.Rendering;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Window widths on an accelerator: the few that hold every chunk of [ChunkSizing] and every window
/// of the tail with their context frames.
final class DeviceWidths {
  /// Frames of the tail's windows.
  private static final List<Integer> TAIL = List.of(16, 64, Rendering.LARGEST_WINDOW_FRAMES);

  private DeviceWidths() {}

  /// Columns of a stage's input.
  static NavigableSet<Integer> of(GraphPart stage, ContextFrames contexts) {
    return switch (stage) {
      case TEXT -> throw new IllegalArgumentException("the text stage has no windows");
      case FLOW -> chunks(contexts.head() + 2 * contexts.flow());
      case HEAD -> chunks(2 * contexts.head());
      case TAIL ->
          TAIL.stream()
              .map(frames -> frames * contexts.featuresPerFrame() + 2 * contexts.tail())
              .collect(Collectors.toCollection(TreeSet::new));
    };
  }

  private static NavigableSet<Integer> chunks(int around) {
    return ChunkSizing.LONGEST.stream()
        .map(frames -> frames + around)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
