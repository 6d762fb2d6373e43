package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class TextFrontendTest {
  private final CancellationToken cancel = new CancellationToken();
  private final Source source = new Source();
  private final TextFrontend frontend =
      new TextFrontend(
          new AnnotatedSegmenter(Optional.empty(), new SentenceSegmenter()),
          new Normalizers().plain(),
          Lexicon.EMPTY,
          WordDetail.NOTHING,
          source,
          cancel);

  /// What waits, and who asked last.
  private static final class Source implements TextSource {
    final Queue<TextEvent> waiting = new ArrayDeque<>();
    final AtomicReference<Thread> asker = new AtomicReference<>();
    Runnable beforePoll = () -> {};

    @Override
    public TextEvent next(boolean holding) {
      return waiting.remove();
    }

    @Override
    public Optional<TextEvent> poll() {
      asker.set(Thread.currentThread());
      beforePoll.run();
      return Optional.ofNullable(waiting.poll());
    }
  }

  @Test
  void oneJobTakesAllPiecesThatAreThere() {
    for (String piece : List.of("ne", " tw", "o", " three")) {
      source.waiting.add(new TextEvent.Piece(piece));
    }
    assertEquals(List.of(), frontend.read(new TextEvent.Piece("O"), () -> false));
    assertTrue(source.waiting.isEmpty());
    source.waiting.add(new TextEvent.Piece(" later"));
    assertEquals(1, frontend.read(new TextEvent.Piece(". F"), () -> false).size());
    assertEquals(1, source.waiting.size(), "there is something to say first");
    source.waiting.add(new TextEvent.End());
    assertEquals(1, frontend.read(source.next(true), () -> false).size());
    assertTrue(frontend.isEnded());
  }

  @Test
  void moreUrgentWorkComesBetweenPieces() {
    source.waiting.add(new TextEvent.Piece("two"));
    List<SpeechItem> _ = frontend.read(new TextEvent.Piece("one "), () -> true);
    assertEquals(1, source.waiting.size());
  }

  @Test
  void jobsAreBounded() {
    source.beforePoll = () -> source.waiting.add(new TextEvent.Piece("a".repeat(10)));
    List<SpeechItem> _ = frontend.read(new TextEvent.Piece("b"), () -> false);
    assertFalse(frontend.isEnded());
  }

  @Test
  void cancelledBetweenPieces() {
    source.beforePoll =
        () -> {
          source.waiting.add(new TextEvent.Piece("a"));
          cancel.cancel();
        };
    WorkerException thrown =
        assertThrows(
            WorkerException.class, () -> frontend.read(new TextEvent.Piece("b"), () -> false));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
  }

  @Test
  void textIsReadOnTheSchedulersThreads() {
    ScriptedVoice voice =
        new ScriptedVoice(
            dev.ttsworker.engine.VoiceDescription.Input.SENTENCE,
            List.of(ScriptedVoice.sound(0.5, 960)));
    source.waiting.add(new TextEvent.Piece("One "));
    source.waiting.add(new TextEvent.Piece("two."));
    source.waiting.add(new TextEvent.End());
    try (Scheduler scheduler =
        new Scheduler(
            SchedulingOrder.EARLIEST_DEADLINE_FIRST,
            1,
            Thread.ofPlatform().name("inference").factory())) {
      RecordingSink sink = new RecordingSink();
      SynthesisServices services =
          new SynthesisServices(
              scheduler, new CostMeter(), PhraseCache.off(), false, new RecordingCounts());
      SynthesisRequest order =
          new SynthesisRequest(
              dev.ttsworker.engine.VoiceSettings.DEFAULTS,
              1,
              0,
              TextOptions.AS_WRITTEN,
              WordDetail.NOTHING,
              PhraseReuse.NONE,
              AudioFormat.DEFAULT);
      SynthesisSummary _ = new LoadedVoice(voice, services).synthesize(order, source, sink, cancel);
      assertEquals("inference", source.asker.get().getName());
      assertEquals(List.of("One two."), voice.texts);
    }
  }
}
