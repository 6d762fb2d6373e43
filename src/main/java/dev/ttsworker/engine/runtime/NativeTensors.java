package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Native tensors of one run, in pooled memory; [#close] frees the tensors and releases the memory.
/// Not thread-safe.
final class NativeTensors implements AutoCloseable {
  private final OrtEnvironment environment;
  private final BufferPool pool;
  private final List<ByteBuffer> borrowed = new ArrayList<>();
  private final List<OnnxTensor> tensors = new ArrayList<>();

  NativeTensors(OrtEnvironment environment, BufferPool pool) {
    this.environment = environment;
    this.pool = pool;
  }

  Map<String, OnnxTensor> inputs(Map<String, Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> natives = new HashMap<>();
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      natives.put(input.getKey(), input(input.getValue()));
    }
    return natives;
  }

  private OnnxTensor input(Tensor tensor) throws OrtException {
    int elements = Math.toIntExact(Tensor.elements(tensor.shape()));
    return switch (tensor) {
      case FloatTensor floats -> own(floats(elements).put(floats.values()).flip(), tensor.shape());
      case FrameSlice slice -> own(copy(slice, floats(elements)), tensor.shape());
      case LongTensor longs -> {
        var buffer = take(elements, Long.BYTES).asLongBuffer();
        OnnxTensor made =
            OnnxTensor.createTensor(environment, buffer.put(longs.values()).flip(), longs.shape());
        tensors.add(made);
        yield made;
      }
    };
  }

  private static FloatBuffer copy(FrameSlice slice, FloatBuffer target) {
    int width = slice.to() - slice.from();
    for (int channel = 0; channel < slice.channels(); channel++) {
      target.put(slice.matrix(), channel * slice.stride() + slice.from(), width);
    }
    return target.flip();
  }

  /// Tensor in `buffer`, which has exactly the shape's size.
  OnnxTensor own(FloatBuffer buffer, long[] shape) throws OrtException {
    OnnxTensor made = OnnxTensor.createTensor(environment, buffer, shape);
    tensors.add(made);
    return made;
  }

  /// Pooled memory of this many floats.
  FloatBuffer floats(int count) {
    return take(count, Float.BYTES).asFloatBuffer().limit(count);
  }

  private ByteBuffer take(int count, int elementBytes) {
    ByteBuffer buffer = pool.acquire(Math.multiplyExact(Math.max(1, count), elementBytes));
    borrowed.add(buffer);
    return buffer;
  }

  @Override
  public void close() {
    tensors.forEach(OnnxTensor::close);
    borrowed.forEach(pool::release);
  }
}
