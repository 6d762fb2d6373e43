package dev.ttsworker.phoneme;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Turns phonemes into the numbers a Piper voice was trained on: `^`, `_`, each phoneme's ids
/// followed by `_`, then `$`. Thread-safe.
public final class PhonemeIds {
  private final Map<String, List<Integer>> phonemeIds;
  private final Map<String, List<String>> phonemeMap;

  public PhonemeIds(Map<String, List<Integer>> phonemeIds, Map<String, List<String>> phonemeMap) {
    this.phonemeIds = Map.copyOf(phonemeIds);
    this.phonemeMap = Map.copyOf(phonemeMap);
  }

  /// What the voice is fed.
  ///
  /// @param ids numbers of all known phonemes
  /// @param unknown phonemes that the voice does not know, in order
  @SuppressWarnings("ArrayRecordComponent") // Fed to the runtime as it is; never compared.
  public record Encoded(long[] ids, List<String> unknown) {}

  /// Looks every code point of the decomposed phonemes up.
  public Encoded encode(String phonemes) {
    List<Integer> ids = new ArrayList<>(ids("^"));
    ids.addAll(ids("_"));
    List<String> unknown = new ArrayList<>();
    Normalizer.normalize(phonemes, Normalizer.Form.NFD)
        .codePoints()
        .mapToObj(Character::toString)
        .flatMap(phoneme -> phonemeMap.getOrDefault(phoneme, List.of(phoneme)).stream())
        .forEach(phoneme -> append(phoneme, ids, unknown));
    ids.addAll(ids("$"));
    return new Encoded(ids.stream().mapToLong(Integer::longValue).toArray(), unknown);
  }

  private void append(String phoneme, List<Integer> ids, List<String> unknown) {
    if (phonemeIds.containsKey(phoneme)) {
      ids.addAll(ids(phoneme));
      ids.addAll(ids("_"));
    } else {
      unknown.add(phoneme);
    }
  }

  private List<Integer> ids(String phoneme) {
    return phonemeIds.getOrDefault(phoneme, List.of());
  }
}
