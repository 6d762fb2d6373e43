package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Pronunciation of unknown words: a transformer encoder over letters with a CTC output of several
/// slots per letter. Evaluated in Java: a word takes a millisecond or two, virtual threads may call
/// it, and no runtime must be there. Thread-safe.
///
/// Layers are as in "pre-norm" transformers: x += attention(norm(x)); x += mlp(norm(x)), with GELU.
final class UnknownWordNet {
  private static final int HEADS = 4;
  private static final float EPSILON = 1e-5f;
  private static final int REMEMBERED = 2_000;

  private final int[] letters; // sorted; their index + 1 is the id
  private final char[] phonemes;
  private final int width;
  private final int slots;
  private final float[] positions;
  private final float[] embedding;
  private final Layer[] layers;
  private final float[] normWeight;
  private final float[] normBias;
  private final Linear head;
  private final SequencedMap<String, String> remembered = new LinkedHashMap<>(64, 0.75f, true);

  @SuppressWarnings("ArrayRecordComponent") // constants of the net
  private record Layer(
      float[] norm1Weight,
      float[] norm1Bias,
      Linear inProjection,
      Linear outProjection,
      float[] norm2Weight,
      float[] norm2Bias,
      Linear linear1,
      Linear linear2) {}

  private UnknownWordNet(ByteBuffer data) {
    letters = string(data).codePoints().toArray();
    phonemes = string(data).toCharArray();
    slots = data.getInt();
    int places = data.getInt();
    width = data.getInt();
    int inner = data.getInt();
    layers = new Layer[data.getInt()];
    positions = floats(data, places * width);
    embedding = floats(data, (letters.length + 1) * width);
    for (int i = 0; i < layers.length; i++) {
      layers[i] =
          new Layer(
              floats(data, width),
              floats(data, width),
              linear(data, width, 3 * width),
              linear(data, width, width),
              floats(data, width),
              floats(data, width),
              linear(data, width, inner),
              linear(data, inner, width));
    }
    normWeight = floats(data, width);
    normBias = floats(data, width);
    head = linear(data, width, slots * (phonemes.length + 1));
  }

  /// @param data a section, as [UnknownWordNetCompiler] makes it
  /// @throws WorkerException `INVALID_VOICEPACK` when it is none
  static UnknownWordNet of(byte[] data) {
    try {
      return new UnknownWordNet(ByteBuffer.wrap(data));
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, "The net of unknown words is damaged", e);
    }
  }

  private static String string(ByteBuffer data) {
    byte[] bytes = new byte[data.getInt()];
    data.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static float[] floats(ByteBuffer data, int count) {
    float[] read = new float[count];
    for (int i = 0; i < count; i++) {
      read[i] = Float.float16ToFloat(data.getShort());
    }
    return read;
  }

  private static Linear linear(ByteBuffer data, int in, int out) {
    float[] byInput = floats(data, in * out);
    return Linear.of(in, byInput, floats(data, out));
  }

  /// Phonemes of a word; of a longer one than the net takes part by part. Empty when the net knows
  /// none of its letters.
  Optional<String> pronounce(String word) {
    synchronized (remembered) {
      String known = remembered.get(word);
      if (known != null) {
        return Optional.of(known).filter(made -> !made.isEmpty());
      }
    }
    String made = evaluate(word);
    if (word.length() <= positions.length / width) {
      synchronized (remembered) {
        remembered.put(word, made);
        if (remembered.size() > REMEMBERED) {
          remembered.pollFirstEntry();
        }
      }
    }
    return Optional.of(made).filter(phones -> !phones.isEmpty());
  }

  private String evaluate(String word) {
    int[] ids = word.codePoints().map(c -> 1 + letter(c)).filter(id -> id > 0).toArray();
    int parts = Math.ceilDiv(ids.length, positions.length / width);
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) ids.length * i / parts);
      int to = (int) ((long) ids.length * (i + 1) / parts);
      made.append(decode(Arrays.copyOfRange(ids, from, to)));
    }
    return made.toString().strip();
  }

  private int letter(int c) {
    int found = Arrays.binarySearch(letters, c);
    return found < 0 ? -1 : found;
  }

  /// The best id of each slot, repetitions collapsed, blanks dropped.
  private String decode(int[] ids) {
    float[] scores = run(ids);
    int symbols = phonemes.length + 1;
    StringBuilder made = new StringBuilder();
    int before = 0;
    for (int slot = 0; slot < ids.length * slots; slot++) {
      int best = 0;
      for (int i = 1; i < symbols; i++) {
        best = scores[slot * symbols + i] > scores[slot * symbols + best] ? i : best;
      }
      if (best != 0 && best != before) {
        made.append(phonemes[best - 1]);
      }
      before = best;
    }
    return made.toString();
  }

  private float[] run(int[] ids) {
    int length = ids.length;
    float[] x = new float[length * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = embedding[ids[i / width] * width + i % width] + positions[i];
    }
    float[] normed = new float[x.length];
    float[] change = new float[x.length];
    for (Layer layer : layers) {
      norm(x, layer.norm1Weight(), layer.norm1Bias(), normed);
      attend(layer, normed, change, length);
      add(x, change);
      norm(x, layer.norm2Weight(), layer.norm2Bias(), normed);
      feedForward(layer, normed, change, length);
      add(x, change);
    }
    norm(x, normWeight, normBias, normed);
    float[] scores = new float[length * head.out()];
    head.apply(normed, length, scores);
    return scores;
  }

  private static void add(float[] x, float[] change) {
    for (int i = 0; i < x.length; i++) {
      x[i] += change[i];
    }
  }

  private void norm(float[] x, float[] weight, float[] bias, float[] to) {
    for (int row = 0; row < x.length; row += width) {
      float mean = 0;
      for (int i = 0; i < width; i++) {
        mean += x[row + i];
      }
      mean /= width;
      float variance = 0;
      for (int i = 0; i < width; i++) {
        variance += (x[row + i] - mean) * (x[row + i] - mean);
      }
      float scale = (float) (1 / Math.sqrt(variance / width + EPSILON));
      for (int i = 0; i < width; i++) {
        to[row + i] = (x[row + i] - mean) * scale * weight[i] + bias[i];
      }
    }
  }

  private void attend(Layer layer, float[] x, float[] to, int length) {
    float[] projected = new float[3 * x.length];
    layer.inProjection().apply(x, length, projected);
    float[] mixed = new float[x.length];
    float[] weights = new float[length];
    int depth = width / HEADS;
    float scale = (float) (1 / Math.sqrt(depth));
    for (int first = 0; first < width; first += depth) {
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < length; j++) {
          float sum = 0;
          for (int k = 0; k < depth; k++) {
            sum +=
                projected[3 * i * width + first + k] * projected[(3 * j + 1) * width + first + k];
          }
          weights[j] = sum * scale;
        }
        softmax(weights);
        for (int j = 0; j < length; j++) {
          for (int k = 0; k < depth; k++) {
            mixed[i * width + first + k] += weights[j] * projected[(3 * j + 2) * width + first + k];
          }
        }
      }
    }
    layer.outProjection().apply(mixed, length, to);
  }

  private static void softmax(float[] weights) {
    float most = Float.NEGATIVE_INFINITY;
    for (float weight : weights) {
      most = Math.max(most, weight);
    }
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.exp(weights[i] - most);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  private static void feedForward(Layer layer, float[] x, float[] to, int length) {
    float[] inner = new float[length * layer.linear1().out()];
    layer.linear1().apply(x, length, inner);
    for (int i = 0; i < inner.length; i++) {
      inner[i] = gelu(inner[i]);
    }
    layer.linear2().apply(inner, length, to);
  }

  /// x * Φ(x), with the error function of Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
  private static float gelu(float x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double tail =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
            * Math.exp(-z * z);
    double erf = x < 0 ? tail - 1 : 1 - tail;
    return (float) (0.5 * x * (1 + erf));
  }
}
