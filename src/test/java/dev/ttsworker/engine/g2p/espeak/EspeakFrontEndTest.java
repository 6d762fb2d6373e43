package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EspeakFrontEndTest {
  private final AtomicInteger starts = new AtomicInteger();

  private EspeakPool start() {
    starts.incrementAndGet();
    Path natives = Path.of(System.getProperty("tts.native.directory"));
    return new EspeakPool(natives, 1, Threads.platform("espeak-"));
  }

  @Test
  void processesStartWithTheFirstVarietyAndEndWithTheFrontEnd() {
    EspeakFrontEnd frontEnd = new EspeakFrontEnd(this::start);
    assertEquals(0, starts.get());
    assertEquals(
        "həlˈoʊ", frontEnd.open("en-us").convert("hello", List.of()).sentences().getFirst());
    var _ = frontEnd.open("en-gb-x-rp");
    assertEquals(1, starts.get());
    frontEnd.close();
    frontEnd.close();
    WorkerException closed = assertThrows(WorkerException.class, () -> frontEnd.open("en-us"));
    assertEquals(ErrorCode.DRAINING, closed.code());
    assertEquals(1, starts.get());
  }

  @Test
  void failedStartIsTriedAgain() {
    EspeakFrontEnd frontEnd =
        new EspeakFrontEnd(() -> {
          starts.incrementAndGet();
          throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, "No eSpeak NG here");
        });
    assertThrows(WorkerException.class, () -> frontEnd.open("en-us"));
    assertThrows(WorkerException.class, () -> frontEnd.open("en-us"));
    assertEquals(2, starts.get());
    frontEnd.close();
  }

  @Test
  void voiceThatNeedsMissingEspeakIsNamedWithTheOnesThatDoNot(@TempDir Path empty) {
    EspeakFrontEnd frontEnd =
        new EspeakFrontEnd(() ->
            new EspeakPool(EspeakFiles.find(empty, List.of()), 1, Threads.platform("espeak-")));
    WorkerException refused = assertThrows(WorkerException.class, () -> frontEnd.open("de"));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
    String message = refused.getMessage();
    assertTrue(
        message.startsWith(
            "Voices with espeak.voice: de need eSpeak NG, which cannot be used here"),
        message);
    assertTrue(message.contains("not found: a build may leave it out"), message);
    assertTrue(message.contains("synthesis.phonemes: builtin"), message);
    WorkerException odd = assertThrows(WorkerException.class, () -> frontEnd.open("d\ne"));
    assertEquals(ErrorCode.INVALID_VOICEPACK, odd.code());
    frontEnd.close();
  }
}
