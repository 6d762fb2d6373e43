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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Texts on their whole way to phonemes: what is written sounds like the plain words beside it.
final class ReadingsTest {
  private static final String ENGLISH = "en-us";

  @Test
  void whatIsWrittenSoundsLikePlainWords() throws IOException {
    Normalizers normalizers = new Normalizers();
    Map<String, Phonemizer> voices = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    try (EspeakPool pool = NativeFolder.pool(1)) {
      for (String line : lines()) {
        int colon = line.matches("[a-z]{2,3}: .*") ? line.indexOf(": ") : -1;
        String language = colon < 0 ? ENGLISH : line.substring(0, colon);
        String[] sides = line.substring(colon < 0 ? 0 : colon + 2).split(" → ", -1);
        Phonemizer voice = voices.computeIfAbsent(language, pool::forVoice);
        Normalizer normalizer = normalizers.forLanguages(List.of(language), Emoji.DROP);
        List<String> said = new ArrayList<>();
        for (String segment : segments(sides[0])) {
          said.addAll(voice.phonemize(normalizer.normalize(AnnotatedText.of(segment)).text()));
        }
        List<String> plain = new ArrayList<>();
        for (String segment : sides[1].split(" ¦ ", -1)) {
          plain.addAll(voice.phonemize(segment));
        }
        if (!stripped(said).equals(stripped(plain))) {
          wrong.add(line + ": " + said + ", expected " + plain);
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  private static List<String> stripped(List<String> sentences) {
    return sentences.stream().map(String::strip).toList();
  }

  private static List<String> segments(String text) {
    SentenceSegmenter segmenter = SentenceSegmenter.ofWholeSentences(List.of());
    List<Segment> segments = new ArrayList<>(segmenter.appendText(text));
    segments.addAll(segmenter.finish());
    return segments.stream().map(Segment::text).toList();
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ReadingsTest.class.getResourceAsStream("readings.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("# "))
          .toList();
    }
  }
}
