package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Ours against piper-tts 1.8.0, as `scripts/record-piper-ids.py` recorded it. The lines that have
/// `phonemes_shipped` are the known differences: what piper-tts's steps give with the eSpeak NG
/// that we ship, which is earlier than the one inside piper-tts.
final class PiperComparisonTest {
  private static final Logger LOG = LoggerFactory.getLogger(PiperComparisonTest.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  /// An ellipsis, or a full-width mark at the end.
  private static final Pattern SUSPENDED = Pattern.compile("\\p{L}(?:\\.{3}|…)|！$");

  @Test
  void phonemesAndIdsAreThoseOfPiper() throws IOException {
    PhonemeIds ids = new PhonemeIds(phonemeIds(), Map.of());
    Map<String, Phonemizer> voices = new HashMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    int known = 0;
    try (EspeakPool pool = NativeFolder.pool(1)) {
      for (JsonNode line : lines()) {
        String voice = line.get("voice").asString();
        String text = line.get("text").asString();
        List<String> ours = voices.computeIfAbsent(voice, pool::forVoice).phonemize(text);
        counts.merge(voice, 1, Integer::sum);
        if (line.has("phonemes_shipped") && !SUSPENDED.matcher(text).find()) {
          known++;
          assertKnownDifference(text, strings(line, "phonemes"), ours);
        }
        if (SUSPENDED.matcher(text).find()) {
          known++;
          assertEquals(withoutKnown(strings(line, "phonemes")), withoutKnown(withoutPause(ours)));
        } else if (!expected(line).equals(ours) || !idsAgree(line, ids, ours)) {
          wrong.add(voice + " '" + text + "': " + ours + ", expected " + expected(line));
        }
      }
    }
    LOG.info("Compared with piper-tts: {}, of them {} known to differ", counts, known);
    assertEquals(List.of(), wrong);
    assertTrue(counts.values().stream().mapToInt(Integer::intValue).sum() >= 300);
  }

  /// The later eSpeak NG of piper-tts writes `ʲ` between vowels, `ɔːɹ` for `oːɹ`, `ʏ` for a German
  /// `y`, `ɾ` for an Italian and `r` for some a German `ɾ`, and reads emoji in full. Nothing else.
  private static void assertKnownDifference(String text, List<String> theirs, List<String> ours) {
    assertNotEquals(theirs, ours, "differs no more, record anew");
    if (text.codePoints().noneMatch(c -> c > 0xFF && Character.isEmoji(c))) {
      assertEquals(withoutKnown(theirs), withoutKnown(ours));
    }
  }

  /// An ellipsis is a pause for us; piper-tts says the words around it as one. It leaves out
  /// full-width marks too.
  private static List<String> withoutPause(List<String> sentences) {
    List<String> without = new ArrayList<>(sentences);
    without.replaceAll(s -> s.replaceFirst("; ", ""));
    if (sentences.equals(without)) {
      without.replaceAll(s -> s.replaceFirst("!$", ""));
    }
    assertNotEquals(sentences, without, "no pause");
    return without;
  }

  private static List<String> withoutKnown(List<String> sentences) {
    return sentences.stream()
        .map(s -> s.replace("ʲ", "").replace("oːɹ", "ɔːɹ").replace('ɾ', 'r').replace('ʏ', 'y'))
        .toList();
  }

  private static List<String> expected(JsonNode line) {
    return strings(line, line.has("phonemes_shipped") ? "phonemes_shipped" : "phonemes");
  }

  private static boolean idsAgree(JsonNode line, PhonemeIds ids, List<String> ours) {
    if (line.has("phonemes_shipped")) {
      return true;
    }
    List<List<Long>> theirs = JSON.convertValue(line.get("ids"), new TypeReference<>() {});
    return theirs.equals(
        ours.stream()
            .map(sentence -> Arrays.stream(ids.encode(sentence).ids()).boxed().toList())
            .toList());
  }

  private static List<String> strings(JsonNode line, String field) {
    return JSON.convertValue(line.get(field), new TypeReference<>() {});
  }

  private static List<JsonNode> lines() throws IOException {
    try (InputStream file = resource("piper-ids.jsonl")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .toList();
    }
  }

  static Map<String, List<Integer>> phonemeIds() throws IOException {
    try (InputStream file = resource("phoneme-id-map.json")) {
      return JSON.readValue(file, new TypeReference<>() {});
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(PiperComparisonTest.class.getResourceAsStream(name), name);
  }
}
