package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelWeightsTest {
  /// 1.0 and -2.0, little-endian.
  private static final ByteString TWO_FLOATS =
      ByteString.copyFrom(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0});

  @Test
  void readsFloatsAndBytesInBothForms() {
    Map<String, float[]> read =
        ModelWeights.read(
            model(
                tensor("raw", Nodes.FLOAT).setRawData(TWO_FLOATS).addDims(2).addDims(1),
                tensor("scalar", Nodes.FLOAT).addFloatData(0.5f),
                tensor("bytes", Nodes.INT8)
                    .setRawData(ByteString.copyFrom(new byte[] {-128, 127}))
                    .addDims(2),
                tensor("listed", Nodes.INT8).addInt32Data(-3).addInt32Data(4).addDims(2),
                tensor("none", Nodes.FLOAT).addDims(0),
                tensor("indices", Nodes.INT64).addInt64Data(1).addDims(1)));
    assertEquals(List.of("raw", "scalar", "bytes", "listed", "none"), List.copyOf(read.keySet()));
    assertArrayEquals(new float[] {1, -2}, read.get("raw"));
    assertArrayEquals(new float[] {0.5f}, read.get("scalar"));
    assertArrayEquals(new float[] {-128, 127}, read.get("bytes"));
    assertArrayEquals(new float[] {-3, 4}, read.get("listed"));
    assertArrayEquals(new float[0], read.get("none"));
  }

  @Test
  void damagedModelsAreRefused() {
    byte[] model = model(tensor("raw", Nodes.FLOAT).setRawData(TWO_FLOATS).addDims(2).setName("w"));
    for (int length = 1; length < model.length; length++) {
      byte[] part = java.util.Arrays.copyOf(model, length);
      refused(part, "no ONNX model");
    }
    refused("a text, and no model".getBytes(java.nio.charset.StandardCharsets.UTF_8), "no ONNX");
  }

  @Test
  void numberOfValuesMustFitTheShape() {
    refused(
        model(tensor("w", Nodes.FLOAT).setRawData(TWO_FLOATS).addDims(3)),
        "constant 'w' has 2 values in 8 bytes for the shape [3]");
    refused(
        model(tensor("w", Nodes.INT8).addDims(1L << 62).addDims(4)), "constant 'w' has 0 values");
    refused(
        model(
            tensor("w", Nodes.FLOAT)
                .setRawData(TWO_FLOATS.concat(ByteString.copyFrom(new byte[3])))
                .addDims(2)),
        "constant 'w' has 2 values in 11 bytes");
    refused(
        model(tensor("w", Nodes.FLOAT)), "constant 'w' has 0 values in 0 bytes for the shape []");
  }

  private static void refused(byte[] model, String part) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> ModelWeights.read(model), part);
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }

  private static TensorProto.Builder tensor(String name, int type) {
    return TensorProto.newBuilder().setName(name).setDataType(type);
  }

  private static byte[] model(TensorProto.Builder... tensors) {
    GraphProto.Builder graph = GraphProto.newBuilder();
    for (TensorProto.Builder tensor : tensors) {
      graph.addInitializer(tensor);
    }
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }
}
