package dev.ttsworker.engine.runtime;

/// Slice of consecutive frames of a row-major float32 matrix, as a tensor `[1, channels, to -
/// from]`. A view: the matrix is read when the graph runs.
///
/// @param matrix `channels` rows of `stride` frames
/// @param from first frame, from 0
/// @param to just past the last frame
@SuppressWarnings("ArrayRecordComponent") // A view for one run; never compared.
public record FrameSlice(float[] matrix, int channels, int stride, int from, int to)
    implements Tensor {
  public FrameSlice {
    if (from < 0 || to <= from || to > stride || (long) channels * stride > matrix.length) {
      throw new IllegalArgumentException(
          "frames %d to %d of %d x %d in %d values"
              .formatted(from, to, channels, stride, matrix.length));
    }
  }

  @Override
  public long[] shape() {
    return new long[] {1, channels, to - from};
  }
}
