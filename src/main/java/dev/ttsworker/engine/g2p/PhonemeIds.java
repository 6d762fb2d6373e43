package dev.ttsworker.engine.g2p;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/// Phoneme id encoder of a Piper voice: `^`, `_`, each phoneme's ids followed by `_`, then `$`.
/// Immutable; usable by any thread.
public final class PhonemeIds {
  private static final String START = "^";
  private static final String PAD = "_";
  private static final String END = "$";

  /// Ligatures of older IPA and the ASCII letter g, with the symbols of eSpeak and so of the
  /// voices.
  private static final Map<String, List<String>> LIGATURES =
      Map.of(
          "ʤ", List.of("d", "ʒ"),
          "ʧ", List.of("t", "ʃ"),
          "ʦ", List.of("t", "s"),
          "ʣ", List.of("d", "z"),
          "ʨ", List.of("t", "ɕ"),
          "ʥ", List.of("d", "ʑ"),
          "g", List.of("ɡ"));

  private final Map<String, long[]> ids = new HashMap<>();
  private final Map<String, List<String>> replacements = new HashMap<>();

  /// @param phonemeIds phoneme to its ids, `phoneme_id_map` of the voice
  /// @param phonemeMap code point to its replacements, `phoneme_map` of the voice; usually empty
  /// @throws WorkerException `INVALID_VOICEPACK` when `^`, `_` or `$` has no id or an id is
  ///   negative: such a voice can only produce noise
  public PhonemeIds(Map<String, List<Integer>> phonemeIds, Map<String, List<String>> phonemeMap) {
    phonemeIds.forEach((phoneme, numbers) -> ids.put(phoneme, checked(phoneme, numbers)));
    phonemeMap.forEach(
        (phoneme, others) -> replacements.put(decomposed(phoneme), List.copyOf(others)));
    for (String mark : List.of(START, PAD, END)) {
      if (!ids.containsKey(mark)) {
        throw new WorkerException(
            ErrorCode.INVALID_VOICEPACK,
            "phoneme_id_map: '" + mark + "' has no id, needed: '^', '_' and '$'");
      }
    }
  }

  private static long[] checked(String phoneme, List<Integer> numbers) {
    long[] ids = numbers.stream().mapToLong(Integer::longValue).toArray();
    if (LongStream.of(ids).anyMatch(id -> id < 0)) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "phoneme_id_map: '" + phoneme + "' has the ids " + numbers + ", allowed: 0 or more");
    }
    return ids;
  }

  /// Encodes one sentence of phonemes, as returned by a [Phonemizer]. Ligatures without an id are
  /// split, other symbols without one are dropped and reported.
  public Encoded encode(String phonemes) {
    LongStream.Builder encoded = LongStream.builder();
    List<String> unknown = new ArrayList<>();
    int[] codePoints = decomposed(phonemes).codePoints().toArray();
    int[] starts = new int[codePoints.length + 1];
    int count = append(START, encoded, unknown);
    for (int i = 0; i < codePoints.length; i++) {
      starts[i] = count;
      String phoneme = Character.toString(codePoints[i]);
      for (String symbol : replacements.getOrDefault(phoneme, written(phoneme))) {
        count += append(symbol, encoded, unknown);
      }
    }
    starts[codePoints.length] = count;
    LongStream.of(idsOf(END)).forEach(encoded::add);
    return new Encoded(encoded.build().toArray(), starts, unknown);
  }

  /// Symbols of authored IPA that are not pronounced: those without an id, and those that are no
  /// phonemes. Each once, in order.
  public List<String> unknown(String ipa) {
    Set<String> unknown = new LinkedHashSet<>(IpaSymbols.foreign(decomposed(ipa)));
    unknown.addAll(encode(IpaSymbols.phonemes(ipa).replaceAll("\\s", "")).unknown());
    return List.copyOf(unknown);
  }

  /// The phonemes that have an id, in the order of their code points.
  public List<String> phonemes() {
    return ids.keySet().stream()
        .filter(symbol -> !symbol.equals(START))
        .filter(symbol -> symbol.codePoints().allMatch(IpaSymbols::isPhoneme))
        .sorted()
        .toList();
  }

  /// The symbol itself when the voice has it, else the parts of a ligature.
  private List<String> written(String phoneme) {
    List<String> itself = List.of(phoneme);
    return ids.containsKey(phoneme) ? itself : LIGATURES.getOrDefault(phoneme, itself);
  }

  /// @return how many ids were appended
  private int append(String symbol, LongStream.Builder encoded, List<String> unknown) {
    if (!ids.containsKey(symbol)) {
      unknown.add(symbol);
      return 0;
    }
    long[] own = idsOf(symbol);
    long[] pad = idsOf(PAD);
    LongStream.of(own).forEach(encoded::add);
    LongStream.of(pad).forEach(encoded::add);
    return own.length + pad.length;
  }

  private long[] idsOf(String symbol) {
    return ids.getOrDefault(symbol, new long[0]);
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  /// Encoded sentence, the input of a voice.
  ///
  /// @param ids for the voice's `input`; owned by the receiver
  /// @param starts for each code point of the phonemes (decomposed) the index of its first id, and
  ///   one more for the end; one without an id starts where the next one does
  /// @param unknown symbols without an id, dropped, in order, with repetitions
  @SuppressWarnings("ArrayRecordComponent") // handed over once, to become a tensor
  public record Encoded(long[] ids, int[] starts, List<String> unknown) {
    public Encoded {
      unknown = List.copyOf(unknown);
    }
  }
}
