package dev.ttsworker.engine.audio;

/// Discrete Fourier transform of complex sequences whose length has only the prime factors 2, 3 and
/// 5: Stockham's form of the fast algorithm, with butterflies of 2, 3, 4 and 5 terms. In single
/// precision, with twiddle factors computed in double. Immutable, so usable by any thread; callers
/// bring the memory.
///
/// A pass over factor r of a sequence in groups reads element `j` of block `q` of `r` equally long
/// blocks and writes them beside each other, so that no pass has to reorder the result.
final class ComplexFft {
  private static final float HALF = 0.5f;
  private static final float SIN_60 = (float) Math.sin(Math.PI / 3);
  private static final float COS_72 = (float) Math.cos(2 * Math.PI / 5);
  private static final float COS_144 = (float) Math.cos(4 * Math.PI / 5);
  private static final float SIN_72 = (float) Math.sin(2 * Math.PI / 5);
  private static final float SIN_144 = (float) Math.sin(4 * Math.PI / 5);

  private final int length;
  private final int[] factors;
  private final float[][] cosines;
  private final float[][] sines;

  /// @param length 1 or more
  /// @throws IllegalArgumentException when it has another prime factor
  ComplexFft(int length) {
    this.length = length;
    this.factors = factors(length);
    this.cosines = new float[factors.length][];
    this.sines = new float[factors.length][];
    int left = length;
    for (int pass = 0; pass < factors.length; pass++) {
      int radix = factors[pass];
      int groups = left / radix;
      cosines[pass] = new float[groups * (radix - 1)];
      sines[pass] = new float[groups * (radix - 1)];
      for (int group = 0; group < groups; group++) {
        for (int term = 1; term < radix; term++) {
          double angle = -2 * Math.PI * group * term / left;
          cosines[pass][group * (radix - 1) + term - 1] = (float) Math.cos(angle);
          sines[pass][group * (radix - 1) + term - 1] = (float) Math.sin(angle);
        }
      }
      left = groups;
    }
  }

  private static int[] factors(int length) {
    int[] found = new int[Integer.SIZE];
    int count = 0;
    int left = length;
    for (int radix : new int[] {4, 5, 3, 2}) {
      for (; left > 1 && left % radix == 0; left /= radix) {
        found[count++] = radix;
      }
    }
    if (left != 1) {
      throw new IllegalArgumentException(
          "length " + length + "; allowed: products of 2, 3 and 5, at least 1");
    }
    return java.util.Arrays.copyOf(found, count);
  }

  int length() {
    return length;
  }

  /// Transforms forward: `X[k] = sum of x[n] exp(-2 pi i k n / length)`. The inverse without its
  /// factor is the same with real and imaginary parts exchanged, both of input and output.
  ///
  /// @param re real parts, replaced by those of the result
  /// @param im imaginary parts, likewise
  /// @param workRe of the same length; its content is lost
  /// @param workIm likewise
  void transform(float[] re, float[] im, float[] workRe, float[] workIm) {
    float[] fromRe = re;
    float[] fromIm = im;
    float[] toRe = workRe;
    float[] toIm = workIm;
    int left = length;
    int stride = 1;
    for (int pass = 0; pass < factors.length; pass++) {
      int groups = left / factors[pass];
      Pass step = new Pass(fromRe, fromIm, toRe, toIm, cosines[pass], sines[pass], groups, stride);
      switch (factors[pass]) {
        case 2 -> step.two();
        case 3 -> step.three();
        case 4 -> step.four();
        default -> step.five();
      }
      left = groups;
      stride *= factors[pass];
      float[] swap = fromRe;
      fromRe = toRe;
      toRe = swap;
      swap = fromIm;
      fromIm = toIm;
      toIm = swap;
    }
    if (factors.length % 2 == 1) {
      System.arraycopy(fromRe, 0, re, 0, length);
      System.arraycopy(fromIm, 0, im, 0, length);
    }
  }

  /// One pass: `groups` times `stride` butterflies.
  @SuppressWarnings("ArrayRecordComponent") // lives for one pass
  private record Pass(
      float[] re,
      float[] im,
      float[] toRe,
      float[] toIm,
      float[] cos,
      float[] sin,
      int groups,
      int stride) {

    void two() {
      float[] re = this.re;
      float[] im = this.im;
      float[] toRe = this.toRe;
      float[] toIm = this.toIm;
      int stride = this.stride;
      int block = groups * stride;
      for (int group = 0; group < groups; group++) {
        float c = cos[group];
        float s = sin[group];
        int at = group * stride;
        int to = 2 * at;
        for (int end = at + stride; at < end; at++, to++) {
          float aRe = re[at];
          float aIm = im[at];
          float bRe = re[at + block];
          float bIm = im[at + block];
          toRe[to] = aRe + bRe;
          toIm[to] = aIm + bIm;
          put(toRe, toIm, to + stride, aRe - bRe, aIm - bIm, c, s);
        }
      }
    }

    void three() {
      float[] re = this.re;
      float[] im = this.im;
      float[] toRe = this.toRe;
      float[] toIm = this.toIm;
      int stride = this.stride;
      int block = groups * stride;
      for (int group = 0; group < groups; group++) {
        int w = 2 * group;
        float c1 = cos[w];
        float s1 = sin[w];
        float c2 = cos[w + 1];
        float s2 = sin[w + 1];
        int at = group * stride;
        int to = 3 * at;
        for (int end = at + stride; at < end; at++, to++) {
          float bRe = re[at + block];
          float bIm = im[at + block];
          float cRe = re[at + 2 * block];
          float cIm = im[at + 2 * block];
          float sumRe = bRe + cRe;
          float sumIm = bIm + cIm;
          float midRe = re[at] - HALF * sumRe;
          float midIm = im[at] - HALF * sumIm;
          float sideRe = SIN_60 * (bIm - cIm);
          float sideIm = SIN_60 * (cRe - bRe);
          toRe[to] = re[at] + sumRe;
          toIm[to] = im[at] + sumIm;
          put(toRe, toIm, to + stride, midRe + sideRe, midIm + sideIm, c1, s1);
          put(toRe, toIm, to + 2 * stride, midRe - sideRe, midIm - sideIm, c2, s2);
        }
      }
    }

    void four() {
      float[] re = this.re;
      float[] im = this.im;
      float[] toRe = this.toRe;
      float[] toIm = this.toIm;
      int stride = this.stride;
      int block = groups * stride;
      for (int group = 0; group < groups; group++) {
        int w = 3 * group;
        float c1 = cos[w];
        float s1 = sin[w];
        float c2 = cos[w + 1];
        float s2 = sin[w + 1];
        float c3 = cos[w + 2];
        float s3 = sin[w + 2];
        int at = group * stride;
        int to = 4 * at;
        for (int end = at + stride; at < end; at++, to++) {
          float evenRe = re[at] + re[at + 2 * block];
          float evenIm = im[at] + im[at + 2 * block];
          float evenLessRe = re[at] - re[at + 2 * block];
          float evenLessIm = im[at] - im[at + 2 * block];
          float oddRe = re[at + block] + re[at + 3 * block];
          float oddIm = im[at + block] + im[at + 3 * block];
          float oddLessRe = re[at + block] - re[at + 3 * block];
          float oddLessIm = im[at + block] - im[at + 3 * block];
          toRe[to] = evenRe + oddRe;
          toIm[to] = evenIm + oddIm;
          put(toRe, toIm, to + stride, evenLessRe + oddLessIm, evenLessIm - oddLessRe, c1, s1);
          put(toRe, toIm, to + 2 * stride, evenRe - oddRe, evenIm - oddIm, c2, s2);
          put(toRe, toIm, to + 3 * stride, evenLessRe - oddLessIm, evenLessIm + oddLessRe, c3, s3);
        }
      }
    }

    void five() {
      float[] re = this.re;
      float[] im = this.im;
      float[] toRe = this.toRe;
      float[] toIm = this.toIm;
      int stride = this.stride;
      int block = groups * stride;
      for (int group = 0; group < groups; group++) {
        int w = 4 * group;
        float c1 = cos[w];
        float s1 = sin[w];
        float c2 = cos[w + 1];
        float s2 = sin[w + 1];
        float c3 = cos[w + 2];
        float s3 = sin[w + 2];
        float c4 = cos[w + 3];
        float s4 = sin[w + 3];
        int at = group * stride;
        int to = 5 * at;
        for (int end = at + stride; at < end; at++, to++) {
          float aRe = re[at];
          float aIm = im[at];
          float sum1Re = re[at + block] + re[at + 4 * block];
          float sum1Im = im[at + block] + im[at + 4 * block];
          float less1Re = re[at + block] - re[at + 4 * block];
          float less1Im = im[at + block] - im[at + 4 * block];
          float sum2Re = re[at + 2 * block] + re[at + 3 * block];
          float sum2Im = im[at + 2 * block] + im[at + 3 * block];
          float less2Re = re[at + 2 * block] - re[at + 3 * block];
          float less2Im = im[at + 2 * block] - im[at + 3 * block];
          toRe[to] = aRe + sum1Re + sum2Re;
          toIm[to] = aIm + sum1Im + sum2Im;
          float mid1Re = aRe + COS_72 * sum1Re + COS_144 * sum2Re;
          float mid1Im = aIm + COS_72 * sum1Im + COS_144 * sum2Im;
          float mid2Re = aRe + COS_144 * sum1Re + COS_72 * sum2Re;
          float mid2Im = aIm + COS_144 * sum1Im + COS_72 * sum2Im;
          float side1Re = SIN_72 * less1Im + SIN_144 * less2Im;
          float side1Im = SIN_72 * less1Re + SIN_144 * less2Re;
          float side2Re = SIN_144 * less1Im - SIN_72 * less2Im;
          float side2Im = SIN_144 * less1Re - SIN_72 * less2Re;
          put(toRe, toIm, to + stride, mid1Re + side1Re, mid1Im - side1Im, c1, s1);
          put(toRe, toIm, to + 2 * stride, mid2Re + side2Re, mid2Im - side2Im, c2, s2);
          put(toRe, toIm, to + 3 * stride, mid2Re - side2Re, mid2Im + side2Im, c3, s3);
          put(toRe, toIm, to + 4 * stride, mid1Re - side1Re, mid1Im + side1Im, c4, s4);
        }
      }
    }

    private static void put(
        float[] toRe, float[] toIm, int to, float re, float im, float c, float s) {
      toRe[to] = re * c - im * s;
      toIm[to] = re * s + im * c;
    }
  }
}
