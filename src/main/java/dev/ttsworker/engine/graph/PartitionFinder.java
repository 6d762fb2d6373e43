package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Cut point search in a Piper graph. By structure, because tensor names have counters that differ
/// between exports:
///
/// - durations: the output of the only `Ceil`;
/// - latent: the input of the decoder's first convolution;
/// - features: the input of the decoder's second transposed convolution;
/// - noise: the random numbers that reach the latent, but not the durations;
/// - prior sample: the sum that the noise flows into;
/// - mean and log scale: the two halves of the `Split` that the sum's operands are expanded from;
/// - all other non-constant inputs of later stages cross the cut.
final class PartitionFinder {
  private static final String DECODER_START = "/dec/conv_pre/Conv";
  private static final Set<String> SPREADING =
      Set.of("Transpose", "MatMul", "Identity", "Squeeze", "Unsqueeze");

  private final GraphIndex index;

  PartitionFinder(GraphIndex index) {
    this.index = index;
  }

  PartitionInterface find() {
    String phonemes = input("input");
    String lengths = input("input_lengths");
    String scales = input("scales");
    String durations = only("Ceil nodes", index.nodesOfType("Ceil")).getOutput(0);
    String latent = decoderInput();
    String audio = only("outputs", index.graph().getOutputList()).getName();
    Noise noise = noise(durations, latent);
    Halves halves = halves(noise);
    Crossing flow = crossing(noise.sum(), latent, durations, phonemes);
    String features = features(latent);
    Crossing head = unmasked(crossing(latent, features, durations, phonemes));
    Crossing tail = unmasked(crossing(features, audio, durations, phonemes));
    ReceptiveFieldFinder fields = new ReceptiveFieldFinder(index);
    return new PartitionInterface(
        phonemes,
        lengths,
        scales,
        index.input("sid").map(_ -> "sid"),
        noise.ofDurations(),
        halves.mean(),
        halves.logScale(),
        durations,
        noise.sum(),
        flow.mask(),
        latent,
        features,
        audio,
        flow.conditions(),
        head.conditions(),
        tail.conditions(),
        new PartitionInterface.ContextFrames(
            fields.between(noise.sum(), latent).context(),
            fields.between(latent, features).context(),
            fields.between(features, audio).context(),
            Math.toIntExact(fields.between(latent, features).rate()),
            Math.toIntExact(fields.between(latent, audio).rate())));
  }

  /// @param ofDurations standard normal numbers behind the durations
  /// @param sum the prior sample
  /// @param scaled the operand of the sum that has the noise
  private record Noise(Optional<String> ofDurations, String sum, String scaled, String drawn) {}

  private record Halves(String mean, String logScale) {}

  /// @param mask the one tensor that has the durations' length
  /// @param conditions tensors that depend neither on durations nor on phonemes
  private record Crossing(Optional<String> mask, List<String> conditions) {}

  private String input(String name) {
    if (index.input(name).isEmpty()) {
      throw new UnpartitionableGraphException("the model has no input \"" + name + "\"");
    }
    return name;
  }

  private static <T> T only(String what, List<T> found) {
    if (found.size() != 1) {
      throw new UnpartitionableGraphException("it has " + found.size() + " " + what + ", not 1");
    }
    return found.getFirst();
  }

  private String decoderInput() {
    List<NodeProto> starts =
        index.nodesOfType("Conv").stream()
            .filter(node -> node.getName().endsWith(DECODER_START))
            .toList();
    return only("nodes " + DECODER_START, starts).getInput(0);
  }

  /// The input of the decoder's second upsampling.
  private String features(String latent) {
    Set<String> decoder = index.downstream(Set.of(latent));
    List<NodeProto> upsamplings =
        index.nodesOfType("ConvTranspose").stream()
            .filter(node -> decoder.contains(node.getOutput(0)))
            .toList();
    if (upsamplings.size() < 2) {
      throw new UnpartitionableGraphException(
          "its decoder upsamples " + upsamplings.size() + " times, not 2 or more");
    }
    return upsamplings.get(1).getInput(0);
  }

  private static Crossing unmasked(Crossing crossing) {
    if (crossing.mask().isPresent()) {
      throw new UnpartitionableGraphException("the decoder reads " + crossing.mask().get());
    }
    return crossing;
  }

  private Noise noise(String durations, String latent) {
    Set<String> beforeDurations = index.upstream(List.of(durations), Set.of());
    Set<String> beforeLatent = index.upstream(List.of(latent), Set.of());
    List<String> timing = new ArrayList<>();
    List<String> sound = new ArrayList<>();
    for (NodeProto node : index.graph().getNodeList()) {
      if (GraphIndex.isRandom(node) && beforeLatent.contains(node.getOutput(0))) {
        (beforeDurations.contains(node.getOutput(0)) ? timing : sound).add(node.getOutput(0));
      }
    }
    if (timing.size() > 1) {
      throw new UnpartitionableGraphException("its durations draw random numbers more than once");
    }
    String drawn = only("random tensors between durations and decoder", sound);
    String scaled = drawn;
    NodeProto reader = only("readers of the noise", index.readers(scaled));
    Set<String> seen = new HashSet<>();
    while (reader.getOpType().equals("Mul")) {
      scaled = reader.getOutput(0);
      if (!seen.add(scaled)) {
        throw new UnpartitionableGraphException("the noise flows in a circle");
      }
      reader = only("readers of the scaled noise", index.readers(scaled));
    }
    if (!reader.getOpType().equals("Add")) {
      throw new UnpartitionableGraphException("the noise flows into a " + reader.getOpType());
    }
    return new Noise(timing.stream().findFirst(), reader.getOutput(0), scaled, drawn);
  }

  private Halves halves(Noise noise) {
    NodeProto sum = index.producer(noise.sum()).orElseThrow();
    String other = sum.getInput(sum.getInput(0).equals(noise.scaled()) ? 1 : 0);
    String mean = expandedFrom("mean", other);
    String logScale = expandedFrom("scale", exponent(noise));
    if (!index.producer(mean).equals(index.producer(logScale)) || mean.equals(logScale)) {
      throw new UnpartitionableGraphException("mean and scale are not the halves of one Split");
    }
    return new Halves(mean, logScale);
  }

  /// The exponent of e on the path from the drawn noise to the sum.
  private String exponent(Noise noise) {
    Set<String> path = index.upstream(List.of(noise.scaled()), Set.of(noise.drawn()));
    List<String> exponents = new ArrayList<>();
    for (NodeProto node : index.nodesOfType("Exp")) {
      boolean multipliesNoise =
          index.readers(node.getOutput(0)).stream()
              .anyMatch(r -> r.getOpType().equals("Mul") && onPath(r, noise, path));
      if (multipliesNoise) {
        exponents.add(node.getInput(0));
      }
    }
    return only("exponentials that scale the noise", exponents);
  }

  private boolean onPath(NodeProto multiplication, Noise noise, Set<String> path) {
    return path.contains(multiplication.getOutput(0))
        && index
            .upstream(List.of(multiplication.getOutput(0)), Set.of(noise.drawn()))
            .contains(noise.drawn());
  }

  /// Traces the expansion by duration back to the half of a `Split` that it begins from.
  private String expandedFrom(String what, String spread) {
    Set<String> sources = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(spread));
    while (!open.isEmpty()) {
      String tensor = open.removeLast();
      Optional<NodeProto> producer = index.producer(tensor);
      if (producer.isEmpty() || !seen.add(tensor)) {
        continue;
      }
      NodeProto node = producer.get();
      if (node.getOpType().equals("Split") && node.getOutputCount() == 2) {
        sources.add(tensor);
      } else if (SPREADING.contains(node.getOpType())) {
        open.addAll(node.getInputList());
      }
    }
    return only("sources of the " + what, List.copyOf(sources));
  }

  /// The other inputs of the nodes between `start` and `end`, without constants.
  private Crossing crossing(String start, String end, String durations, String phonemes) {
    Set<String> after = index.downstream(Set.of(start));
    Set<String> before = index.upstream(List.of(end), Set.of(start));
    if (!before.contains(start)) {
      throw new UnpartitionableGraphException(end + " does not depend on " + start);
    }
    Set<String> outside = new TreeSet<>();
    for (NodeProto node : index.graph().getNodeList()) {
      boolean between =
          node.getOutputList().stream()
              .anyMatch(o -> after.contains(o) && before.contains(o) && !o.equals(start));
      if (between) {
        node.getInputList().stream()
            .filter(i -> !i.isEmpty() && !after.contains(i) && !index.isConstant(i))
            .forEach(outside::add);
      }
    }
    return sort(outside, durations, phonemes);
  }

  private Crossing sort(Set<String> outside, String durations, String phonemes) {
    Set<String> timed = index.downstream(Set.of(durations));
    Set<String> spoken = index.downstream(Set.of(phonemes));
    List<String> masks = outside.stream().filter(timed::contains).toList();
    List<String> conditions = outside.stream().filter(t -> !timed.contains(t)).toList();
    if (masks.size() > 1) {
      throw new UnpartitionableGraphException("a stage reads several timed tensors: " + masks);
    }
    for (String condition : conditions) {
      if (spoken.contains(condition) || index.input(condition).isPresent()) {
        throw new UnpartitionableGraphException("a later stage reads " + condition);
      }
    }
    return new Crossing(masks.stream().findFirst(), conditions);
  }
}
