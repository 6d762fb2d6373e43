package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.g2p.espeak.EspeakLibrary.Clause;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentenceJoinerTest {
  private static final int TEXT_END = 0x90028;
  private final SentenceJoiner joiner = new SentenceJoiner();

  @Test
  void punctuationIsWrittenAsInTraining() {
    joiner.add(new Clause("a", 0x41014));
    joiner.add(new Clause("b", 0x4001E));
    joiner.add(new Clause("c", 0x4101E));
    joiner.add(new Clause("d", 0x80028));
    joiner.add(new Clause("e", 0x82028));
    joiner.add(new Clause("f", 0x8302D));
    assertEquals(List.of("a, b: c; d.", "e?", "f!"), joiner.finish());
  }

  /// eSpeak sets a flag on ellipses, `¿`, `¡` and full-width marks.
  @Test
  void aMarkThatNeedsNoBlankBehindItIsWrittenLikeOthers() {
    joiner.add(new Clause("a", 0x4901E));
    joiner.add(new Clause("b", 0x49014));
    joiner.add(new Clause("c", 0x88028));
    joiner.add(new Clause("d", 0x8A028));
    joiner.add(new Clause("e", 0x8B02D));
    assertEquals(List.of("a; b, c.", "d?", "e!"), joiner.finish());
  }

  @Test
  void clausesAreNeverGluedTogether() {
    joiner.add(new Clause("a", 0x41004));
    joiner.add(new Clause("b", 0x80028));
    assertEquals(List.of("a b."), joiner.finish());
  }

  @Test
  void bitsAboveTheClauseDoNotHideThePunctuation() {
    joiner.add(new Clause("a", 0x80028 | 0x100000));
    assertEquals(List.of("a."), joiner.finish());
  }

  @Test
  void languageFlagsAreTakenOutAndLettersDecomposed() {
    joiner.add(new Clause("das (en)mˈiːtɪŋ(de) ɔ̃ ç", 0x80028));
    assertEquals(List.of("das mˈiːtɪŋ ɔ\u0303 c\u0327."), joiner.finish());
  }

  @Test
  void theEndOfAPieceDoesNotEndTheSentence() {
    joiner.add(new Clause("a", TEXT_END));
    joiner.addBlank();
    joiner.add(new Clause("b", TEXT_END));
    assertEquals(List.of("a b"), joiner.finish());
  }

  @Test
  void paragraphEndsASentenceWithoutPunctuation() {
    joiner.add(new Clause("a", 0x80046));
    joiner.addBlank();
    joiner.add(new Clause("b", TEXT_END));
    assertEquals(List.of("a", "b"), joiner.finish());
  }

  @Test
  void nothingSpokenGivesNoSentence() {
    joiner.add(new Clause("", TEXT_END));
    assertEquals(List.of(), joiner.finish());
  }
}
