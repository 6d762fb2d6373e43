package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.g2p.PhonemeIds.Encoded;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Phoneme vocabulary of a hibari or Kokoro voice: one number for each sign, a pad at both ends of
/// a sentence. Immutable; usable by any thread.
public final class PhonemeVocabulary {
  private static final long PAD = 0;
  private static final String STRESS_AND_LENGTH = "ˈˌː";

  private final Map<String, Integer> numbers;
  private final Map<String, String> pairs;

  /// @param numbers of each sign, 1 or more
  public PhonemeVocabulary(Map<String, Integer> numbers) {
    this(numbers, Map.of());
  }

  /// A vocabulary for a front end that writes some signs as two.
  ///
  /// @param pairs two code points, as NFD has them, and the one sign that they are here
  public PhonemeVocabulary(Map<String, Integer> numbers, Map<String, String> pairs) {
    this.numbers = Map.copyOf(numbers);
    this.pairs = Map.copyOf(pairs);
  }

  /// Encodes one sentence of phonemes; signs without a number are left out.
  public Encoded encode(String phonemes) {
    int[] signs = Normalizer.normalize(phonemes, Normalizer.Form.NFD).codePoints().toArray();
    List<String> unknown = new ArrayList<>();
    int[] starts = new int[signs.length + 1];
    long[] ids = new long[signs.length + 2];
    int count = 0;
    ids[count++] = PAD;
    for (int i = 0; i < signs.length; i++) {
      starts[i] = count;
      boolean composed = i + 1 < signs.length && number(signs, i, 2) > 0;
      int number = composed ? number(signs, i, 2) : number(signs, i, 1);
      if (number > 0) {
        ids[count++] = number;
      } else {
        unknown.add(Character.toString(signs[i]));
      }
      if (composed) {
        starts[++i] = count;
      }
    }
    starts[signs.length] = count;
    ids[count++] = PAD;
    return new Encoded(Arrays.copyOf(ids, count), starts, unknown);
  }

  /// The number of one sign, or of two that are one here, such as a letter and its mark; 0 when
  /// there is none.
  private int number(int[] signs, int at, int length) {
    String sign = new String(signs, at, length);
    String composed =
        length == 1
            ? sign
            : pairs.getOrDefault(sign, Normalizer.normalize(sign, Normalizer.Form.NFC));
    boolean single = composed.codePointCount(0, composed.length()) == 1;
    return single ? numbers.getOrDefault(composed, 0) : 0;
  }

  /// Symbols of authored IPA that are not pronounced: those without a number, and those that are no
  /// phonemes. Each once, in order.
  public List<String> unknown(String ipa) {
    Set<String> unknown = new LinkedHashSet<>();
    ipa.codePoints()
        .filter(sign -> !Character.isWhitespace(sign) && !isPhoneme(sign))
        .forEach(sign -> unknown.add(Character.toString(sign)));
    unknown.addAll(encode(ipa.replaceAll("\\s", "")).unknown());
    return List.copyOf(unknown);
  }

  /// The phonemes that have a number, in the order of their code points.
  public List<String> phonemes() {
    return numbers.keySet().stream()
        .filter(sign -> sign.codePoints().allMatch(PhonemeVocabulary::isPhoneme))
        .sorted()
        .toList();
  }

  /// The sign with the largest number; empty where there are no signs.
  public Optional<Map.Entry<String, Integer>> last() {
    return numbers.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()));
  }

  private static boolean isPhoneme(int sign) {
    return Character.isLetter(sign)
        || Character.getType(sign) == Character.NON_SPACING_MARK
        || STRESS_AND_LENGTH.indexOf(sign) >= 0;
  }
}
