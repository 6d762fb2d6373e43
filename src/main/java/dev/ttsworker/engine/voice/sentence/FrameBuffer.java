package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.runtime.FrameSlice;
import java.nio.FloatBuffer;

/// Frame buffer: a matrix that grows at the end and forgets at the start, for what one part made
/// and the next still needs. Columns keep their numbers. Not thread-safe.
public final class FrameBuffer {
  private int rows;
  private float[] matrix = {};
  private int stride;
  private int base;
  private int needed;
  private int end;

  public FrameBuffer(int rows) {
    this.rows = rows;
  }

  /// A matrix that has as many rows as what is first added.
  public static FrameBuffer ofUnknownRows() {
    return new FrameBuffer(0);
  }

  public int rows() {
    return rows;
  }

  /// Just past the newest column.
  public int end() {
    return end;
  }

  /// Makes room for `count` more columns at once, for several calls of [#grow].
  public void reserve(int count) {
    makeRoom(count);
  }

  /// Adds `count` columns, to be [#set].
  public void grow(int count) {
    makeRoom(count);
    end += count;
  }

  public void set(int row, int column, float value) {
    matrix[row * stride + column - base] = value;
  }

  /// Adds the columns `from`..`to` of a row-major matrix of as many rows, `width` columns wide.
  ///
  /// @return [#end]
  public int append(FloatBuffer made, int width, int from, int to) {
    if (rows == 0) {
      rows = made.remaining() / width;
    }
    makeRoom(to - from);
    for (int row = 0; row < rows; row++) {
      made.get(row * width + from, matrix, row * stride + end - base, to - from);
    }
    end += to - from;
    return end;
  }

  /// The value at a place that is still kept.
  public float get(int row, int column) {
    if (column < needed || column >= end) {
      throw new IllegalArgumentException(
          "column %d, there are %d to %d".formatted(column, needed, end));
    }
    return matrix[row * stride + column - base];
  }

  /// Columns before this one are not asked for again.
  public void forgetBefore(int column) {
    needed = Math.max(needed, Math.min(column, end));
  }

  /// A view, valid until columns are added.
  public FrameSlice tensor(int from, int to) {
    if (from < needed || to > end) {
      throw new IllegalArgumentException(
          "columns %d to %d, there are %d to %d".formatted(from, to, needed, end));
    }
    return new FrameSlice(matrix, rows, stride, from - base, to - base);
  }

  private void makeRoom(int count) {
    if (end - base + count <= stride) {
      return;
    }
    int kept = end - needed;
    int wanted = kept + count;
    int newStride = Math.max(stride, wanted);
    float[] target = newStride == stride ? matrix : new float[Math.multiplyExact(rows, newStride)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * stride + needed - base, target, row * newStride, kept);
    }
    matrix = target;
    stride = newStride;
    base = needed;
  }
}
