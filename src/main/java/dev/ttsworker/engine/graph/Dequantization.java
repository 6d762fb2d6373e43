package dev.ttsworker.engine.graph;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Dequantization of a dynamically quantized graph: products of bytes (`MatMulInteger`,
/// `ConvInteger`, `DynamicQuantizeLSTM`) become those of numbers, with the same weights, and their
/// scales and biases become part of them. What quantized their operands is then read by nothing.
final class Dequantization {
  private static final String QUANTIZE = "DynamicQuantizeLinear";
  private static final String RECURRENT = "DynamicQuantizeLSTM";
  private static final Map<String, String> PRODUCTS =
      Map.of("MatMulInteger", "MatMul", "ConvInteger", "Conv");
  private static final Set<String> BIAS_STEPS = Set.of("Reshape", "Cast", "Floor");
  private static final Set<String> RECURRENT_ATTRIBUTES =
      Set.of("direction", "hidden_size", "input_forget");
  private static final String FLOAT_SUFFIX = "/float";

  private final GraphIndex index;
  private final Map<String, TensorProto> sources = new HashMap<>();
  private final Map<String, NodeProto> replacements = new HashMap<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();

  private Dequantization(GraphProto graph) {
    this.index = new GraphIndex(graph);
    graph.getInitializerList().forEach(constant -> sources.put(constant.getName(), constant));
  }

  /// A graph of floats, whose weights are made one by one: together they are four times as large as
  /// the file.
  ///
  /// @param nodes those that nothing reads among them
  /// @param constants those that nothing reads among them
  record Result(List<NodeProto> nodes, List<Constant> constants) {}

  /// A constant that is made when it is asked for.
  ///
  /// @param shape the constant without its values
  record Constant(TensorProto shape, Supplier<TensorProto> whole) {}

  /// @throws UnpartitionableGraphException when a product has another form than that of ONNX
  ///   Runtime's dynamic quantization
  static Result of(GraphProto graph) {
    return new Dequantization(graph).result();
  }

  private Result result() {
    sources.forEach((name, source) ->
        constants.put(
            name,
            new Constant(shape(name, source.getDataType(), source.getDimsList()), () -> source)));
    for (NodeProto node : index.graph().getNodeList()) {
      if (PRODUCTS.containsKey(node.getOpType())) {
        replaceProduct(node);
      } else if (node.getOpType().equals(RECURRENT)) {
        replacements.put(node.getOutput(0), recurrent(node));
      }
    }
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : index.graph().getNodeList()) {
      nodes.add(
          node.getOutputCount() == 0 ? node : replacements.getOrDefault(node.getOutput(0), node));
    }
    return new Result(nodes, List.copyOf(constants.values()));
  }

  /// Values, product, perhaps a bias in steps of the product's scale, cast, and the scale.
  private void replaceProduct(NodeProto product) {
    NodeProto quantize = producer(product.getInput(0), QUANTIZE, product);
    NodeProto next = reader(product.getOutput(0), product);
    Optional<String> bias = Optional.empty();
    if (next.getOpType().equals("Add")) {
      bias = Optional.of(bias(other(next, product.getOutput(0)), product));
      next = reader(next.getOutput(0), product);
    }
    NodeProto scaled = reader(next.getOutput(0), product);
    if (!next.getOpType().equals("Cast") || !scaled.getOpType().equals("Mul")) {
      throw form(product);
    }
    NodeProto scales = producer(other(scaled, next.getOutput(0)), "Mul", product);
    String scale = other(scales, quantize.getOutput(1));
    String type = PRODUCTS.getOrDefault(product.getOpType(), "");
    boolean convolution = type.equals("Conv");
    NodeProto.Builder made =
        Nodes.node(
                type,
                scaled.getOutput(0),
                quantize.getInput(0),
                weights(product, scale, convolution))
            .addAllAttribute(product.getAttributeList());
    bias.ifPresent(made::addInput);
    if (bias.isPresent() && !convolution) {
      throw form(product);
    }
    replacements.put(scaled.getOutput(0), made.build());
  }

  /// The bias before it was brought to steps of the product's scale.
  private String bias(String steps, NodeProto product) {
    NodeProto node = index.producer(steps).orElseThrow(() -> form(product));
    while (BIAS_STEPS.contains(node.getOpType())) {
      node = index.producer(node.getInput(0)).orElseThrow(() -> form(product));
    }
    if (!node.getOpType().equals("Div") || !sources.containsKey(node.getInput(0))) {
      throw form(product);
    }
    return node.getInput(0);
  }

  private String weights(NodeProto product, String scale, boolean convolution) {
    String weight = product.getInput(1);
    TensorProto bytes = source(weight, product);
    TensorProto scales = source(scale, product);
    Optional<TensorProto> zeros =
        product.getInputCount() > 3 && !product.getInput(3).isEmpty()
            ? Optional.of(source(product.getInput(3), product))
            : Optional.empty();
    int channels = Math.toIntExact(bytes.getDims(convolution ? 0 : bytes.getDimsCount() - 1));
    ByteScales steps = ByteScales.of(scales, zeros, channels, product);
    String name = weight + FLOAT_SUFFIX;
    constants.put(
        name,
        new Constant(
            shape(name, Nodes.FLOAT, bytes.getDimsList()),
            () -> floats(name, bytes, convolution ? steps.byFirst(bytes) : steps.byLast())));
    return name;
  }

  /// A recurrent layer, whose weights ONNX Runtime turns when it quantizes them.
  private NodeProto recurrent(NodeProto node) {
    if (node.getInputCount() != 12) {
      throw form(node);
    }
    NodeProto.Builder made =
        node.toBuilder().setOpType("LSTM").clearDomain().clearInput().clearAttribute();
    made.addInput(node.getInput(0));
    made.addInput(turned(node, 1, 8)).addInput(turned(node, 2, 10));
    node.getInputList().subList(3, 8).forEach(made::addInput);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (RECURRENT_ATTRIBUTES.contains(attribute.getName())) {
        made.addAttribute(attribute);
      }
    }
    return made.build();
  }

  private String turned(NodeProto node, int weight, int scale) {
    TensorProto bytes = source(node.getInput(weight), node);
    if (bytes.getDimsCount() != 3) {
      throw form(node);
    }
    int directions = Math.toIntExact(bytes.getDims(0));
    ByteScales steps =
        ByteScales.of(
            source(node.getInput(scale), node),
            Optional.of(source(node.getInput(scale + 1), node)),
            directions,
            node);
    String name = node.getInput(weight) + FLOAT_SUFFIX;
    List<Long> turned = List.of(bytes.getDims(0), bytes.getDims(2), bytes.getDims(1));
    constants.put(
        name,
        new Constant(
            shape(name, Nodes.FLOAT, turned),
            () -> turned(name, floats(name, bytes, steps.byFirst(bytes)))));
    return name;
  }

  private static TensorProto turned(String name, TensorProto floats) {
    int directions = Math.toIntExact(floats.getDims(0));
    int rows = Math.toIntExact(floats.getDims(1));
    int columns = Math.toIntExact(floats.getDims(2));
    ByteBuffer from = floats.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int direction = 0; direction < directions; direction++) {
      int start = direction * rows * columns;
      for (int column = 0; column < columns; column++) {
        for (int row = 0; row < rows; row++) {
          to.putFloat(from.getFloat(Float.BYTES * (start + row * columns + column)));
        }
      }
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(Nodes.FLOAT)
        .addDims(directions)
        .addDims(columns)
        .addDims(rows)
        .setRawData(ByteString.copyFrom(to.flip()))
        .build();
  }

  private static TensorProto floats(String name, TensorProto bytes, ByteScales.Value value) {
    int[] numbers = ByteScales.numbers(bytes);
    ByteBuffer made =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      made.putFloat(value.of(i, numbers[i]));
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(Nodes.FLOAT)
        .addAllDims(bytes.getDimsList())
        .setRawData(ByteString.copyFrom(made.flip()))
        .build();
  }

  private static TensorProto shape(String name, int type, List<Long> extents) {
    return TensorProto.newBuilder().setName(name).setDataType(type).addAllDims(extents).build();
  }

  private TensorProto source(String name, NodeProto product) {
    return Optional.ofNullable(sources.get(name)).orElseThrow(() -> form(product));
  }

  private NodeProto producer(String tensor, String type, NodeProto product) {
    return index
        .producer(tensor)
        .filter(node -> node.getOpType().equals(type))
        .orElseThrow(() -> form(product));
  }

  private NodeProto reader(String tensor, NodeProto product) {
    List<NodeProto> readers = index.readers(tensor);
    if (readers.size() != 1) {
      throw form(product);
    }
    return readers.getFirst();
  }

  private static String other(NodeProto node, String input) {
    return node.getInput(node.getInput(0).equals(input) ? 1 : 0);
  }

  static UnpartitionableGraphException form(NodeProto node) {
    return new UnpartitionableGraphException(
        "the quantized product %s (%s) has another form than that of dynamic quantization"
            .formatted(node.getName(), node.getOpType()));
  }
}
