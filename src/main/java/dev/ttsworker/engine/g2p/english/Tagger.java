package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Part-of-speech tagger: an averaged perceptron with fifteen features per word, Penn tags. Words
/// that always have the same tag skip it. Immutable; usable by any thread.
final class Tagger {
  private static final String[] BEFORE = {"-START2-", "-START-"};
  private static final String[] AFTER = {"-END-", "-END2-"};

  private final PackedMap vocabulary; // words with features of their own
  private final PackedMap certain; // word to the number of its tag, as a character
  private final String[] tags; // sorted, so that a tie goes to the last name
  private final long[] features; // hashes, sorted
  private final int[] ends; // of a feature's weights, in thirds of bytes
  private final byte[] weights; // tag, weight in two bytes

  private Tagger(PackedMap vocabulary, PackedMap certain, ByteBuffer data) {
    this.vocabulary = vocabulary;
    this.certain = certain;
    tags = new String[data.getInt()];
    for (int i = 0; i < tags.length; i++) {
      byte[] name = new byte[data.get()];
      data.get(name);
      tags[i] = new String(name, StandardCharsets.UTF_8);
    }
    features = new long[data.getInt()];
    for (int i = 0; i < features.length; i++) {
      features[i] = data.getLong();
    }
    ends = new int[features.length];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (i == 0 ? 0 : ends[i - 1]) + (data.get() & 0xFF);
    }
    weights = new byte[3 * (ends.length == 0 ? 0 : ends[ends.length - 1])];
    data.get(weights);
  }

  /// @param vocabulary as packed by [TaggerCompiler]
  /// @param certain as packed by [TaggerCompiler]
  /// @param model as made by [TaggerCompiler]
  /// @throws WorkerException `INVALID_VOICEPACK` when it is none
  static Tagger of(byte[] vocabulary, byte[] certain, byte[] model) {
    try {
      return new Tagger(PackedMap.of(vocabulary), PackedMap.of(certain), ByteBuffer.wrap(model));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new WorkerException(ErrorCode.INVALID_VOICEPACK, "The tagger's model is damaged", e);
    }
  }

  /// The tag of each word of a sentence.
  List<String> tag(List<String> words) {
    String[] context = new String[words.size() + BEFORE.length + AFTER.length];
    System.arraycopy(BEFORE, 0, context, 0, BEFORE.length);
    System.arraycopy(AFTER, 0, context, words.size() + BEFORE.length, AFTER.length);
    for (int i = 0; i < words.size(); i++) {
      context[i + BEFORE.length] = contextual(words.get(i));
    }
    List<String> found = new ArrayList<>(words.size());
    String before = BEFORE[1];
    String beforeThat = BEFORE[0];
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Optional<String> always = certain.get(word);
      String tag =
          always.isPresent()
              ? tags[always.get().charAt(0) - TaggerCompiler.FIRST_TAG]
              : best(word, context, i, before, beforeThat);
      found.add(tag);
      beforeThat = before;
      before = tag;
    }
    return found;
  }

  private String contextual(String word) {
    String normal = normal(word);
    return vocabulary.contains(normal) ? normal : "<" + shape(word) + ">";
  }

  private static String normal(String word) {
    if (word.indexOf('-') > 0) {
      return "!HYPHEN";
    }
    boolean digits = word.codePoints().allMatch(Character::isDigit);
    if (digits && word.length() == 4) {
      return "!YEAR";
    }
    return startsWithDigit(word) ? "!DIGITS" : word.toLowerCase(Locale.ROOT);
  }

  private static boolean startsWithDigit(String word) {
    int first = word.codePointAt(0);
    return Character.isDigit(first) || "²³¹".indexOf(first) >= 0;
  }

  /// Kinds of a word's characters: whether it is capitalised, or what its first four are.
  static String shape(String word) {
    if (word.codePoints().allMatch(c -> Character.isDigit(c) || "²³¹".indexOf(c) >= 0)) {
      return "d";
    }
    if (word.codePoints().allMatch(Character::isLetter)) {
      String lower = word.toLowerCase(Locale.ROOT);
      String upper = word.toUpperCase(Locale.ROOT);
      if (word.equals(lower)) {
        return word.equals(upper) ? "xX" : "x";
      }
      if (word.equals(upper)) {
        return word.length() == 1 ? "X1" : "XX";
      }
      boolean title =
          Character.isUpperCase(word.codePointAt(0))
              && word.substring(1).equals(lower.substring(1));
      return title ? "Xx" : "xX";
    }
    StringBuilder made = new StringBuilder();
    word.codePoints()
        .limit(4)
        .forEach(c ->
            made.appendCodePoint(
                Character.isLetter(c)
                    ? 'x'
                    : Character.isDigit(c) || "²³¹".indexOf(c) >= 0 ? 'd' : c));
    return made.toString();
  }

  private String best(String word, String[] context, int at, String before, String beforeThat) {
    int[] scores = new int[tags.length];
    int here = at + BEFORE.length;
    add(scores, "b");
    add(scores, "s3=", suffix(word));
    add(scores, "p1=", word.substring(0, word.offsetByCodePoints(0, 1)));
    add(scores, "w=", context[here]);
    add(scores, "sh=", shape(word));
    add(scores, at == 0 ? "i0" : "i+");
    add(scores, "t-1=", before);
    add(scores, "t-2=", beforeThat);
    add(scores, "t-12=", before, ",", beforeThat);
    add(scores, "w-1=", context[here - 1]);
    add(scores, "s3-1=", suffix(context[here - 1]));
    add(scores, "w-2=", context[here - 2]);
    add(scores, "w+1=", context[here + 1]);
    add(scores, "s3+1=", suffix(context[here + 1]));
    add(scores, "w+2=", context[here + 2]);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] >= scores[best] ? i : best;
    }
    return tags[best];
  }

  private static String suffix(String word) {
    return word.substring(Math.max(0, word.length() - 3));
  }

  private void add(int[] scores, String... feature) {
    int found = Arrays.binarySearch(features, Hashes.of(feature));
    if (found < 0) {
      return;
    }
    for (int i = found == 0 ? 0 : 3 * ends[found - 1]; i < 3 * ends[found]; i += 3) {
      scores[weights[i]] += (weights[i + 1] << 8) | (weights[i + 2] & 0xFF);
    }
  }
}
