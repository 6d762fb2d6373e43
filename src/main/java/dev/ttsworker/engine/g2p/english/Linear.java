package dev.ttsworker.engine.g2p.english;

import java.util.Arrays;

/// Linear layer of several positions. Two positions and four outputs at a time share their loads,
/// in eight sums: the worker's JVM compiles without vectors (decision 0008), so that counts.
///
/// @param weights a row of inputs for each output
@SuppressWarnings("ArrayRecordComponent") // constants of a net, read in place
record Linear(float[][] weights, float[] bias) {
  private static final int OUTPUTS = 4;

  /// @param byInput a row of outputs for each input
  static Linear of(int in, float[] byInput, float[] bias) {
    float[][] weights = new float[bias.length][in];
    for (int i = 0; i < byInput.length; i++) {
      weights[i % bias.length][i / bias.length] = byInput[i];
    }
    return new Linear(weights, bias);
  }

  int out() {
    return bias.length;
  }

  /// @param x `positions` rows of inputs
  /// @param to receives as many rows of outputs
  void apply(float[] x, int positions, float[] to) {
    int in = x.length / positions;
    int at = 0;
    for (; at + 1 < positions; at += 2) {
      float[] first = Arrays.copyOfRange(x, at * in, (at + 1) * in);
      float[] second = Arrays.copyOfRange(x, (at + 1) * in, (at + 2) * in);
      int j = 0;
      for (; j + OUTPUTS <= out(); j += OUTPUTS) {
        block(first, second, j, to, at * out() + j);
      }
      for (; j < out(); j++) {
        to[at * out() + j] = bias[j] + dot(first, weights[j]);
        to[(at + 1) * out() + j] = bias[j] + dot(second, weights[j]);
      }
    }
    for (; at < positions; at++) {
      float[] last = Arrays.copyOfRange(x, at * in, (at + 1) * in);
      for (int j = 0; j < out(); j++) {
        to[at * out() + j] = bias[j] + dot(last, weights[j]);
      }
    }
  }

  private void block(float[] first, float[] second, int j, float[] to, int toAt) {
    float[] w0 = weights[j];
    float[] w1 = weights[j + 1];
    float[] w2 = weights[j + 2];
    float[] w3 = weights[j + 3];
    float a0 = bias[j];
    float a1 = bias[j + 1];
    float a2 = bias[j + 2];
    float a3 = bias[j + 3];
    float b0 = a0;
    float b1 = a1;
    float b2 = a2;
    float b3 = a3;
    for (int i = 0; i < first.length; i++) {
      float a = first[i];
      float b = second[i];
      float w = w0[i];
      a0 += a * w;
      b0 += b * w;
      w = w1[i];
      a1 += a * w;
      b1 += b * w;
      w = w2[i];
      a2 += a * w;
      b2 += b * w;
      w = w3[i];
      a3 += a * w;
      b3 += b * w;
    }
    to[toAt] = a0;
    to[toAt + 1] = a1;
    to[toAt + 2] = a2;
    to[toAt + 3] = a3;
    int next = toAt + out();
    to[next] = b0;
    to[next + 1] = b1;
    to[next + 2] = b2;
    to[next + 3] = b3;
  }

  private static float dot(float[] x, float[] weights) {
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * weights[i];
    }
    return sum;
  }
}
