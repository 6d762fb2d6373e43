package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.normalization.Normalizer;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Sentences with numbers in other languages on their whole way to phonemes: they sound like what a
/// person wrote out.
final class LanguageReadingsTest {
  @Test
  void whatIsWrittenSoundsLikeWhatAPersonWroteOut() throws IOException {
    Normalizers normalizers = LanguageNormalizers.all();
    Map<String, Phonemizer> voices = new HashMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    try (EspeakPool pool = NativeFolder.pool(1)) {
      for (String line : lines()) {
        int colon = line.indexOf(": ");
        String language = line.substring(0, colon);
        String[] sides = line.substring(colon + 2).split(" → ", -1);
        Phonemizer voice = voices.computeIfAbsent(language, pool::forVoice);
        Normalizer normalizer = normalizers.forLanguages(List.of(language), Emoji.DROP);
        String said = phonemes(voice, segments(language, sides[0]), normalizer);
        String plain = phonemes(voice, segments(language, sides[1]), normalizers.plain());
        counts.merge(language, 1, Integer::sum);
        if (!said.equals(plain)) {
          wrong.add(line + ": " + said + ", expected " + plain);
        }
      }
    }
    System.out.println("language readings: " + counts);
    assertEquals("", String.join("\n", wrong));
  }

  private static String phonemes(Phonemizer voice, List<String> segments, Normalizer normalizer) {
    List<String> phonemes = new ArrayList<>();
    for (String segment : segments) {
      voice.phonemize(normalizer.normalize(AnnotatedText.of(segment)).text()).stream()
          .map(String::strip)
          .forEach(phonemes::add);
    }
    return String.join(" ", phonemes);
  }

  private static List<String> segments(String language, String text) {
    SentenceSegmenter segmenter = SentenceSegmenter.ofWholeSentences(List.of(language));
    List<Segment> segments = new ArrayList<>(segmenter.appendText(text));
    segments.addAll(segmenter.finish());
    return segments.stream().map(Segment::text).toList();
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            LanguageReadingsTest.class.getResourceAsStream("language-readings.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("# "))
          .toList();
    }
  }
}
