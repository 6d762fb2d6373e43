package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.engine.graph.proto.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Graph index: producer and consumers of each tensor. Immutable.
final class GraphIndex {
  private static final String RANDOM_PREFIX = "Random";

  private final GraphProto graph;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();
  private final Set<String> weights = new HashSet<>();
  private final Set<String> varying;

  GraphIndex(GraphProto graph) {
    this.graph = graph;
    for (TensorProto weight : graph.getInitializerList()) {
      weights.add(weight.getName());
    }
    for (ValueInfoProto input : graph.getInputList()) {
      if (!weights.contains(input.getName())) {
        inputs.put(input.getName(), input);
      }
    }
    List<String> sources = new ArrayList<>(inputs.keySet());
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      for (String input : node.getInputList()) {
        readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node);
      }
      if (isRandom(node)) {
        sources.addAll(node.getOutputList());
      }
    }
    this.varying = downstream(sources);
  }

  GraphProto graph() {
    return graph;
  }

  static boolean isRandom(NodeProto node) {
    return node.getOpType().startsWith(RANDOM_PREFIX);
  }

  Optional<NodeProto> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor));
  }

  List<NodeProto> readers(String tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  Optional<ValueInfoProto> input(String name) {
    return Optional.ofNullable(inputs.get(name));
  }

  /// Names of all inputs, in the order of the graph.
  List<String> inputNames() {
    return List.copyOf(inputs.keySet());
  }

  boolean isWeight(String tensor) {
    return weights.contains(tensor);
  }

  /// Whether the tensor is the same in every run: a weight, or computed from weights alone.
  boolean isConstant(String tensor) {
    return !varying.contains(tensor);
  }

  List<NodeProto> nodesOfType(String type) {
    return graph.getNodeList().stream().filter(node -> node.getOpType().equals(type)).toList();
  }

  /// The tensors that depend on any of `sources`, and these.
  Set<String> downstream(Collection<String> sources) {
    Set<String> found = new HashSet<>(sources);
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (NodeProto reader : readers(open.pop())) {
        reader.getOutputList().stream().filter(found::add).forEach(open::push);
      }
    }
    return found;
  }

  /// The tensors that `targets` are computed from, and these; the search stops at `boundary`.
  Set<String> upstream(Collection<String> targets, Set<String> boundary) {
    Set<String> found = new HashSet<>(targets);
    Deque<String> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      String tensor = open.pop();
      NodeProto producer = boundary.contains(tensor) ? null : producers.get(tensor);
      if (producer != null) {
        producer.getInputList().stream()
            .filter(input -> !input.isEmpty() && found.add(input))
            .forEach(open::push);
      }
    }
    return found;
  }
}
