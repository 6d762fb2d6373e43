package dev.ttsworker.engine.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reader of the weights of an ONNX model, for those that compute with them in Java.
public final class ModelWeights {
  private ModelWeights() {}

  /// The named constants of type float and int8, the latter as they are, without their scales.
  /// Constants of other types are left out.
  ///
  /// @param model content of the file
  /// @return values by name, row-major, in the order of the file
  /// @throws IllegalArgumentException when it is no ONNX model, or a constant does not have as many
  ///   values as its shape says
  public static Map<String, float[]> read(byte[] model) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (TensorProto tensor : parse(model).getGraph().getInitializerList()) {
      switch (tensor.getDataType()) {
        case Nodes.FLOAT ->
            weights.put(tensor.getName(), checked(tensor, floats(tensor), Float.BYTES));
        case Nodes.INT8 ->
            weights.put(tensor.getName(), checked(tensor, bytes(tensor), Byte.BYTES));
        default -> {}
      }
    }
    return weights;
  }

  private static ModelProto parse(byte[] model) {
    try {
      return ModelProto.parseFrom(model);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no ONNX model, or a damaged one", e);
    }
  }

  static float[] floats(TensorProto tensor) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean listed = tensor.getFloatDataCount() > 0;
    float[] values = new float[listed ? tensor.getFloatDataCount() : raw.remaining() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = listed ? tensor.getFloatData(i) : raw.getFloat();
    }
    return values;
  }

  private static float[] bytes(TensorProto tensor) {
    ByteString raw = tensor.getRawData();
    boolean listed = tensor.getInt32DataCount() > 0;
    float[] values = new float[listed ? tensor.getInt32DataCount() : raw.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = listed ? tensor.getInt32Data(i) : raw.byteAt(i);
    }
    return values;
  }

  private static float[] checked(TensorProto tensor, float[] values, int bytesEach) {
    double size = 1;
    for (long length : tensor.getDimsList()) {
      size *= length;
    }
    int raw = tensor.getRawData().size();
    if (values.length != size || (raw != 0 && raw != size * bytesEach)) {
      throw new IllegalArgumentException(
          "constant '%s' has %d values in %d bytes for the shape %s"
              .formatted(tensor.getName(), values.length, raw, tensor.getDimsList()));
    }
    return values;
  }
}
