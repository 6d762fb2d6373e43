package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The written cases on the way that a call's text takes: segmentation, then normalization of each
/// segment.
@Tag("slow")
final class VerbalizationTest {
  /// Of random pieces for each case.
  private static final int ROUNDS = Fuzz.inputs(1);

  private static final String ENDS = ".!?…。！？｡।॥؟۔։።।‼⁇⁈⁉";
  private static final String CLOSERS = "\"'”’»›)]}」』）】》〉*_`¹²³⁴⁵⁶⁷⁸⁹⁰";

  private final Map<Dialect, Normalizer> normalizers = new EnumMap<>(Dialect.class);

  VerbalizationTest() {
    for (Dialect dialect : Dialect.values()) {
      normalizers.put(dialect, new EnglishNormalizer(dialect, Normalizers.Emoji.DROP));
    }
  }

  @Test
  void writtenCasesAreSegmentedAndSaidAsWritten() {
    Map<String, int[]> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Cases.Case one : Cases.all()) {
      String said = said(one.dialect(), List.of(one.input()));
      int[] count = counts.computeIfAbsent(one.group(), _ -> new int[2]);
      count[1]++;
      count[0] += said.equals(one.spoken().strip()) ? 1 : 0;
      String fault = one.stripped().fault(said);
      if (!fault.isEmpty()) {
        wrong.add(fault);
      }
    }
    counts.forEach(
        (group, count) -> System.out.printf("%-14s %d of %d%n", group, count[0], count[1]));
    assertEquals("", String.join("\n", wrong));
  }

  /// A piece that ends right after an end mark ends the sentence, so none does here.
  @Test
  void piecesMakeNoDifference() {
    long seed = Fuzz.seed();
    System.out.println("VerbalizationTest seed " + seed);
    Random random = new Random(seed);
    List<String> wrong = new ArrayList<>();
    for (Cases.Case one : Cases.all()) {
      String whole = said(one.dialect(), List.of(one.input()));
      List<List<String>> divisions = new ArrayList<>(List.of(characters(one.input())));
      for (int round = 0; round < ROUNDS; round++) {
        divisions.add(pieces(one.input(), random, 1 + random.nextInt(12)));
      }
      for (List<String> pieces : divisions) {
        String streamed = said(one.dialect(), pieces);
        if (!streamed.equals(whole)) {
          wrong.add(pieces + " was said: " + streamed + ", in one piece: " + whole);
        }
      }
    }
    assertEquals("", String.join("\n", wrong), () -> "seed " + seed);
  }

  /// Pieces of random lengths, of which none ends after an end mark.
  private static List<String> pieces(String text, Random random, int longest) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String part : characters(text)) {
      piece.append(part);
      if (random.nextInt(longest) == 0) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static List<String> characters(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      piece.append(c);
      boolean mark = ENDS.indexOf(c) >= 0 || CLOSERS.indexOf(c) >= 0;
      if (!mark) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private String said(Dialect dialect, List<String> pieces) {
    Normalizer normalizer = Objects.requireNonNull(normalizers.get(dialect));
    SentenceSegmenter segmenter = SentenceSegmenter.ofWholeSentences(List.of());
    List<Segment> segments = new ArrayList<>();
    pieces.forEach(piece -> segments.addAll(segmenter.appendText(piece)));
    segments.addAll(segmenter.finish());
    List<String> said = new ArrayList<>();
    for (Segment segment : segments) {
      String spoken = normalizer.normalize(AnnotatedText.of(segment.text())).text().strip();
      if (!spoken.isEmpty()) {
        said.add(spoken);
      }
    }
    return String.join(Cases.BORDER, said);
  }
}
