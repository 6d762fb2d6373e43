package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.tracing.CallTimeline;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// In which order frames leave, and which ones.
final class FrameSenderTest {
  private final WorkerException broken = new WorkerException(ErrorCode.INFERENCE_FAILED, "broken");

  private final Reader reader = new Reader();
  private final PlayoutClock playout = new PlayoutClock(0);
  private final FrameCounts counts =
      new FrameCounts(
          new WorkerMetrics(new PrometheusRegistry()).frames().ofCall("voice", Optional.empty()),
          AudioEncoding.PCM_S16LE,
          new CallTimeline(0));
  private final FrameSender outlet =
      new FrameSender(reader, playout, counts, new CallWords(AudioFormat.DEFAULT), () -> 0);

  /// Writes down what comes, each frame by its first byte.
  private final class Reader implements FrameReceiver {
    private final List<String> came = new ArrayList<>();
    private boolean ready = true;
    private boolean asksForMore;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
      String frame = pcm.length == 0 ? "empty" : Integer.toString(pcm[0]);
      came.add(sequence + ":" + frame + end.map(how -> " " + how.reason()).orElse(""));
      if (asksForMore) {
        outlet.flush();
        came.add("sent");
      }
    }

    @Override
    public void complete() {
      came.add("complete");
    }

    @Override
    public void fail(WorkerException reason) {
      came.add("failed");
    }
  }

  @Test
  void framesLeaveInOrderAndTheNewestIsHeldBackToBeMarked() {
    add(1, 3);
    outlet.flush();
    assertEquals(List.of("1:1", "2:2"), reader.came);
    add(4, 4);
    outlet.flush();
    assertEquals(List.of("1:1", "2:2", "3:3"), reader.came);
    outlet.complete(CallEnd.SPOKEN);
    assertEquals(List.of("1:1", "2:2", "3:3", "4:4 SPOKEN", "complete"), reader.came);
    assertFalse(outlet.hasFrame());
    assertEquals(0, counts.waiting());
  }

  /// A transport may say while it takes a frame that it is ready for the next one.
  @Test
  void readerThatAsksForMoreWhileItTakesAFrameGetsItAfterwards() {
    reader.asksForMore = true;
    add(1, 3);
    outlet.flush();
    assertEquals(List.of("1:1", "sent", "2:2", "sent"), reader.came);
  }

  @Test
  void callThatIsStoppedSendsItsOldestFrameAsTheLastAndDropsTheOthers() {
    reader.ready = false;
    add(1, 9);
    outlet.flush();
    outlet.complete(CallEnd.STOPPED);
    assertEquals(List.of("1:1 STOPPED", "complete"), reader.came);
    assertFalse(outlet.hasFrame());
    assertEquals(0, counts.waiting());
  }

  @Test
  void callWithoutFramesEndsWithAnEmptyOne() {
    outlet.complete(CallEnd.SPOKEN);
    assertEquals(List.of("1:empty SPOKEN", "complete"), reader.came);
    assertEquals(0, playout.frames());
  }

  @Test
  void failureComesAfterAllFramesThatWait() {
    reader.ready = false;
    add(1, 3);
    outlet.fail(broken);
    assertEquals(List.of("1:1", "2:2", "3:3", "failed"), reader.came);
    assertEquals(0, counts.waiting());
  }

  @Test
  void failureOfAPausedCallComesAfterOneFrame() {
    reader.ready = false;
    add(1, 3);
    playout.pause(0);
    outlet.fail(broken);
    assertEquals(List.of("1:1", "failed"), reader.came);
    assertFalse(outlet.hasFrame(), "nothing may follow the failure");
    assertEquals(0, counts.waiting());
  }

  @Test
  void excessIsWhatCouldLeave() {
    assertEquals(0, outlet.backlog());
    reader.ready = false;
    add(1, 1);
    assertEquals(0, outlet.backlog());
    add(2, 5);
    outlet.flush();
    assertEquals(4, outlet.backlog());
    assertTrue(outlet.hasFrame());
  }

  private void add(int first, int last) {
    List<byte[]> frames =
        IntStream.rangeClosed(first, last).mapToObj(i -> new byte[] {(byte) i, 0}).toList();
    counts.onComputed(frames.size(), false, 0);
    outlet.add(frames);
  }
}
