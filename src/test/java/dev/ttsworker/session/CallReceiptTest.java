package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.metrics.WorkerMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Word timings of frames, and the receipts of PAUSE and STOP.
final class CallReceiptTest {
  private static final WordTiming ONE =
      new WordTiming("One", 0, 960, 0, 3, 4, true, List.of(), List.of());
  private static final WordTiming DASH = new WordTiming("–", 960, 960, 5, 6, true, List.of());
  private static final WordTiming TWO =
      new WordTiming("two", 1_000, 2_881, 7, 10, 11, true, List.of(), List.of());

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final Call call =
      new Call(
          new CallText(
              new LimitSettings(100, 500, 10, 1),
              Duration.ZERO,
              new ByteBudget("text that waits", "limits.max_waiting_text_mb", 1 << 20),
              TextEvent.Piece.LONGEST),
          receiver,
          Call::admit,
          new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), AudioFormat.DEFAULT),
          new WorkerMetrics(new PrometheusRegistry()).frames().ofCall("voice", Optional.empty()),
          System::nanoTime);

  @Test
  void wordsLeaveWithTheFrameAfterTheirAnnouncement() {
    call.announceWords(List.of(ONE));
    call.announceWords(List.of(DASH));
    call.writeFrames(List.of(frame(), frame()));
    call.announceWords(List.of(TWO));
    call.writeFrames(List.of(frame()));
    call.complete();
    assertEquals(
        List.of(List.of(ONE, DASH), List.of(), List.of(TWO)),
        receiver.frames.stream().map(RecordingReceiver.Sent::words).toList());
  }

  @Test
  void pauseReportsTheLastCompleteWord() {
    assertEquals(new Receipt(0, "", 0, 0), pausedReceipt());
    call.resume();
    call.announceWords(List.of(ONE, DASH, TWO));
    call.writeFrames(List.of(frame()));
    assertEquals(new Receipt(0, "", 0, 0), pausedReceipt());
    call.resume();
    call.writeFrames(List.of(frame()));
    assertEquals(new Receipt(960, "One", 3, 4), pausedReceipt());
    call.resume();
    call.writeFrames(List.of(frame(), frame()));
    assertEquals(new Receipt(2_880, "One", 3, 4), pausedReceipt());
  }

  @Test
  void stopCountsItsFinalFrame() {
    call.announceWords(List.of(ONE, DASH, TWO));
    call.writeFrames(List.of(frame(), frame(), frame(), frame()));
    assertEquals(new Receipt(2_880, "One", 3, 4), pausedReceipt());
    assertEquals(new Receipt(3_840, "two", 10, 11), call.stop(CallEnd.STOPPED));
    assertEquals(new Receipt(3_840, "two", 10, 11), call.stop(CallEnd.STOPPED));
    assertEquals(4, receiver.count());
  }

  @Test
  void stopBeforeAnyAudioHasDeliveredNothing() {
    call.announceWords(List.of(ONE));
    assertEquals(new Receipt(0, "", 0, 0), call.stop(CallEnd.STOPPED));
    assertEquals(1, receiver.count());
  }

  private static byte[] frame() {
    return new byte[1920];
  }

  private Receipt pausedReceipt() {
    call.pause();
    return call.awaitFlushed(System.nanoTime());
  }
}
