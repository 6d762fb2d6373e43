package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.CallEnd;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.Receipt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Passing frames from the synthesis thread to the request's thread.
final class AudioResponseWriterTest {
  private static final Ending SPOKEN = new Ending(CallEnd.SPOKEN, new Receipt(960, "", 0, 0));

  private final List<String> seen = new ArrayList<>();
  private final AudioResponseWriter spoken =
      new AudioResponseWriter(() -> {
        seen.add("open");
        return new Recording();
      });

  @Test
  void framesAreWrittenInOrderAndTheStreamIsClosed() throws IOException {
    spoken.send(new byte[] {1, 2}, List.of(), 1, Optional.empty());
    spoken.send(new byte[] {3}, List.of(), 2, Optional.of(SPOKEN));
    spoken.complete();
    spoken.write(() -> seen.add("ready"));
    assertEquals(List.of("open", "2 bytes", "1 bytes", "close"), seen);
  }

  @Test
  void eachFrameLeavesAtOnceWhenNoneWaits() throws IOException {
    assertTrue(spoken.isReady());
    spoken.send(new byte[5], List.of(), 1, Optional.empty());
    assertFalse(spoken.isReady());
    spoken.write(() -> {
      seen.add("ready");
      assertTrue(spoken.isReady());
      spoken.complete();
    });
    assertEquals(List.of("open", "5 bytes", "flush", "ready", "close"), seen);
  }

  @Test
  void failureBeforeAnyAudioIsThatOfTheCall() {
    WorkerException failure = new WorkerException(ErrorCode.NO_CAPACITY, "No capacity");
    spoken.fail(failure);
    assertSame(failure, assertThrows(WorkerException.class, () -> spoken.write(() -> {})));
    assertEquals(List.of(), seen);
  }

  @Test
  void failureAfterAudioLeavesTheStreamOpen() {
    spoken.send(new byte[2], List.of(), 1, Optional.empty());
    spoken.fail(new WorkerException(ErrorCode.INTERNAL, "broken"));
    assertThrows(IOException.class, () -> spoken.write(() -> {}));
    assertEquals(List.of("open", "2 bytes"), seen);
  }

  private final class Recording extends OutputStream {
    @Override
    public void write(int single) {
      seen.add("1 byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      seen.add(length + " bytes");
    }

    @Override
    public void flush() {
      seen.add("flush");
    }

    @Override
    public void close() {
      seen.add("close");
    }
  }
}
