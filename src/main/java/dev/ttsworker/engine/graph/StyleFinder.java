package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.ValueInfoProto;
import java.util.List;
import java.util.Set;

/// Finder of what a StyleTTS 2 graph takes and gives, and of its durations.
final class StyleFinder {
  private static final List<String> PHONEMES = List.of("tokens", "input_ids");
  private static final List<String> AUDIO = List.of("audio", "waveform");
  private static final String STYLE = "style";
  private static final String SPEED = "speed";

  /// Where the usual exports have the durations.
  private static final String USUAL_DURATIONS = "/encoder/Clip_output_0";

  private final GraphIndex index;

  StyleFinder(GraphIndex index) {
    this.index = index;
  }

  /// @throws UnpartitionableGraphException when the graph takes or gives something else
  StyleInterface names() {
    List<String> phonemes = PHONEMES.stream().filter(n -> index.input(n).isPresent()).toList();
    List<String> outputs =
        index.graph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    List<String> audio = AUDIO.stream().filter(outputs::contains).toList();
    boolean known =
        phonemes.size() == 1
            && audio.size() == 1
            && index.input(STYLE).isPresent()
            && index.input(SPEED).isPresent()
            && index.inputNames().size() == 3;
    if (!known) {
      throw new UnpartitionableGraphException(
          "it takes %s and gives %s; allowed: %s, with style and speed, and %s"
              .formatted(
                  index.inputNames(),
                  outputs,
                  String.join(" or ", PHONEMES),
                  String.join(" or ", AUDIO)));
    }
    return new StyleInterface(phonemes.getFirst(), STYLE, SPEED, audio.getFirst());
  }

  /// The durations: rounded, at least one, divided by the speed.
  ///
  /// @throws UnpartitionableGraphException when there are none
  String durations() {
    Set<String> paced = index.downstream(Set.of(SPEED));
    List<String> found =
        index.nodesOfType("Clip").stream()
            .filter(
                node -> index.producer(node.getInput(0)).filter(StyleFinder::rounds).isPresent())
            .map(node -> node.getOutput(0))
            .filter(paced::contains)
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (index.producer(USUAL_DURATIONS).isPresent()) {
      return USUAL_DURATIONS;
    }
    throw new UnpartitionableGraphException(
        "it has %d Clip nodes of rounded durations that depend on %s, and no %s; needed: one"
            .formatted(found.size(), SPEED, USUAL_DURATIONS));
  }

  private static boolean rounds(NodeProto node) {
    return node.getOpType().equals("Round");
  }
}
