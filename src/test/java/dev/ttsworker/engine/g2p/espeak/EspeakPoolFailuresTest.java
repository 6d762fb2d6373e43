package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Processes that fail in every way, with processes that are threads of this one.
final class EspeakPoolFailuresTest {
  /// Not ordinary, so it is read apart.
  private static final String ODD = "☃ ";

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicBoolean canStart = new AtomicBoolean(true);
  private final AtomicLong now = new AtomicLong();
  private final BlockingQueue<Duration> rests = new LinkedBlockingQueue<>();
  private final Semaphore mayGoOn = new Semaphore(0);
  private final List<EspeakPool> pools = new ArrayList<>();

  @AfterEach
  void close() {
    pools.forEach(EspeakPool::close);
  }

  @Test
  void crashingTextIsRefusedAndNotTriedAgain() {
    EspeakPool pool = pool(EspeakPoolFailuresTest::crashing);
    Phonemizer voice = pool.forVoice("en");
    WorkerException first = refused(voice, "crash");
    assertEquals(ErrorCode.INVALID_FIELD, first.code());
    int processes = awaitStarted(3);
    WorkerException again = refused(voice, "crash");
    assertEquals(ErrorCode.INVALID_FIELD, again.code());
    assertFalse(again.getMessage().contains("crash"), again.getMessage());
    assertEquals(List.of("well"), voice.phonemize("well"));
    assertEquals(processes, started.get());
  }

  @Test
  void crashingTextMayBeTriedAgainAnHourLater() {
    Phonemizer voice = pool(EspeakPoolFailuresTest::crashing).forVoice("en");
    refused(voice, "crash");
    int processes = awaitStarted(3);
    now.addAndGet(Duration.ofHours(1).toNanos());
    refused(voice, "crash");
    awaitStarted(processes + 1);
  }

  /// What a text leaves in its process may end a later one.
  @Test
  void textThatMeetsTheDamageOfAnotherIsReadByAnotherProcess() {
    Phonemizer voice =
        pool(() ->
                FakeHelper.reading(
                    new FakeHelper.Reading() {
                      private boolean damaged;

                      @Override
                      public void answer(EspeakProtocol.Request request, DataOutputStream answers)
                          throws IOException {
                        if (damaged) {
                          throw new IOException("stack smashing");
                        }
                        damaged = request.text().equals("damage");
                        FakeHelper.echo(request, answers);
                      }
                    }))
            .forVoice("en");
    assertEquals(List.of("damage"), voice.phonemize("damage"));
    assertEquals(List.of("innocent"), voice.phonemize("innocent"));
    assertEquals(List.of("innocent"), voice.phonemize("innocent"));
  }

  @Test
  void textWhoseProcessIsKilledIsReadByAnother() {
    AtomicBoolean kill = new AtomicBoolean(true);
    Phonemizer voice =
        pool(() ->
                new FakeHelper((requests, answers) -> {
                  EspeakProtocol.Answer.ready().writeTo(answers);
                  while (true) {
                    EspeakProtocol.Request request = EspeakProtocol.Request.readFrom(requests);
                    if (!request.text().isEmpty() && kill.getAndSet(false)) {
                      return FakeHelper.KILLED;
                    }
                    FakeHelper.echo(request, answers);
                  }
                }))
            .forVoice("en");
    assertEquals(List.of("innocent"), voice.phonemize("innocent"));
  }

  @Test
  void processThatAnswersTwiceNeverGivesOneTextThePhonemesOfAnother() {
    Phonemizer voice =
        pool(() ->
                FakeHelper.reading((request, answers) -> {
                  FakeHelper.echo(request, answers);
                  if (request.text().length() == 1) {
                    FakeHelper.echo(request, answers);
                  }
                }))
            .forVoice("en");
    for (String text : List.of("a", "first", "b", "second", "third")) {
      try {
        assertEquals(List.of(text), voice.phonemize(text));
      } catch (WorkerException e) {
        assertEquals(1, text.length(), e.getMessage());
      }
    }
  }

  @Test
  void crashesOfOddTextsDoNotTouchWhatReadsOrdinaryText() throws Exception {
    EspeakPool pool = pool(EspeakPoolFailuresTest::crashing);
    Phonemizer voice = pool.forVoice("en");
    Process ordinary = pool.processes().getFirst();
    for (int i = 0; i < 10; i++) {
      WorkerException thrown = refused(voice, ODD + "crash" + i);
      assertTrue(
          thrown.code() == ErrorCode.INVALID_FIELD || thrown.code() == ErrorCode.NO_CAPACITY,
          thrown.getMessage());
      assertEquals(List.of("ordinary " + i), voice.phonemize("ordinary " + i));
    }
    assertEquals(ordinary, pool.processes().getFirst());
  }

  @Test
  void oddTextIsRefusedAtOnceWhileItsProcessRests() throws Exception {
    Phonemizer voice = pool(EspeakPoolFailuresTest::crashing).forVoice("en");
    for (int i = 0; i <= RestartBackoff.FREE; i++) {
      assertEquals(ErrorCode.INVALID_FIELD, refused(voice, ODD + "crash" + i).code());
    }
    assertEquals(Duration.ofSeconds(1), rests.take());
    WorkerException resting = refused(voice, ODD + "innocent");
    assertEquals(ErrorCode.NO_CAPACITY, resting.code());
    assertFalse(resting.getMessage().contains("innocent"), resting.getMessage());
    int processes = started.get();
    mayGoOn.release();
    awaitStarted(processes + 1);
    assertEquals(List.of(ODD + "innocent"), phonemizedAfterTheRest(voice, ODD + "innocent"));
  }

  /// The process has started a moment before its worker knows.
  private static List<String> phonemizedAfterTheRest(Phonemizer voice, String text) {
    while (true) {
      try {
        return voice.phonemize(text);
      } catch (WorkerException e) {
        boolean resting = e.code() == ErrorCode.NO_CAPACITY;
        assertTrue(resting || e.getMessage().contains("no space"), e.getMessage());
        Polling.pause();
      }
    }
  }

  @Test
  void ordinaryTextIsReadApartWhileItsProcessesRest() throws Exception {
    EspeakPool pool = pool(EspeakPoolFailuresTest::crashing);
    Phonemizer voice = pool.forVoice("en");
    voice.phonemize(ODD);
    canStart.set(false);
    pool.processes().getFirst().destroy();
    rests.take();
    assertEquals(List.of("ordinary"), voice.phonemize("ordinary"));
  }

  @Test
  void failedRestartIsOursAndIsTriedAgain() throws Exception {
    EspeakPool pool = pool(EspeakPoolFailuresTest::crashing);
    Phonemizer voice = pool.forVoice("en");
    voice.phonemize(ODD);
    canStart.set(false);
    pool.processes().forEach(Process::destroy);
    rests.take();
    rests.take();
    for (String text : List.of("ordinary", ODD)) {
      WorkerException thrown = refused(voice, text);
      assertEquals(ErrorCode.INTERNAL, thrown.code());
      assertTrue(thrown.getMessage().contains("no space"), thrown.getMessage());
    }
    canStart.set(true);
    int processes = started.get();
    mayGoOn.release(2);
    awaitStarted(processes + 2);
    assertEquals(List.of("ordinary"), phonemizedAfterTheRest(voice, "ordinary"));
    assertEquals(List.of(ODD), phonemizedAfterTheRest(voice, ODD));
  }

  @Test
  void whatWaitsForAProcessThatCannotBeStartedIsAnswered() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    EspeakPool pool =
        pool(() ->
            FakeHelper.reading((request, answers) -> {
              if (request.text().equals(ODD)) {
                begun.countDown();
                await(end);
                throw new IOException("crash");
              }
              FakeHelper.echo(request, answers);
            }));
    Phonemizer voice = pool.forVoice("en");
    FutureTask<WorkerException> reading = new FutureTask<>(() -> refused(voice, ODD));
    Thread.startVirtualThread(reading);
    begun.await();
    FutureTask<WorkerException> waiting = new FutureTask<>(() -> refused(voice, ODD + "waits"));
    Thread.startVirtualThread(waiting);
    Polling.until(() -> pool.waiting() > 0);
    canStart.set(false);
    end.countDown();
    assertEquals(ErrorCode.INTERNAL, waiting.get().code());
    reading.get();
  }

  @Test
  void processThatEndsWithoutWorkIsReplaced() {
    EspeakPool pool = pool(EspeakPoolFailuresTest::crashing);
    awaitStarted(2);
    Process before = pool.processes().getFirst();
    before.destroy();
    awaitStarted(3);
    Polling.until(() -> !before.equals(pool.processes().getFirst()));
    assertEquals(List.of("well"), pool.forVoice("en").phonemize("well"));
  }

  @Test
  void answerToACancelledCallerIsNotLeftForTheNext() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger read = new AtomicInteger();
    EspeakPool pool =
        pool(() ->
            FakeHelper.reading((request, answers) -> {
              if (request.text().startsWith("cancelled")) {
                read.incrementAndGet();
                begun.countDown();
                await(end);
              }
              FakeHelper.echo(request, answers);
            }));
    Phonemizer voice = pool.forVoice("en");
    FutureTask<WorkerException> call =
        new FutureTask<>(() -> refused(voice, "cancelled ".repeat(1_000)));
    Thread caller = Thread.startVirtualThread(call);
    begun.await();
    caller.interrupt();
    assertEquals(ErrorCode.CALL_CANCELLED, call.get().code());
    end.countDown();
    assertEquals(List.of("next"), voice.phonemize("next"));
    assertEquals(1, read.get());
  }

  @Test
  void tooLongTextIsRefusedUnread() {
    Phonemizer voice = pool(EspeakPoolFailuresTest::crashing).forVoice("en");
    for (List<String> texts :
        List.of(List.of("word ".repeat(40_000)), List.of("a".repeat(39_999), "crash"))) {
      WorkerException refused =
          assertThrows(WorkerException.class, () -> voice.phonemizeEach(texts));
      assertEquals(ErrorCode.INVALID_FIELD, refused.code());
      assertTrue(refused.getMessage().contains("allowed: 40000"), refused.getMessage());
    }
    assertEquals(List.of("well"), voice.phonemize("well"));
  }

  @Test
  void poolThatCannotStartIsRefusedAtTheWorkersStart() {
    canStart.set(false);
    WorkerException refused =
        assertThrows(WorkerException.class, () -> pool(EspeakPoolFailuresTest::crashing));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
  }

  private static FakeHelper crashing() {
    return FakeHelper.reading((request, answers) -> {
      if (request.text().contains("crash")) {
        throw new IOException("stack smashing");
      }
      FakeHelper.echo(request, answers);
    });
  }

  private EspeakPool pool(Supplier<FakeHelper> helpers) {
    EspeakServices services =
        new EspeakServices(
            () -> launch(helpers),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            new UnreadableTexts(now::get),
            now::get,
            this::rest);
    EspeakPool pool = new EspeakPool(services, 1, Thread.ofPlatform().daemon().factory());
    pools.add(pool);
    return pool;
  }

  private Process launch(Supplier<FakeHelper> helpers) throws IOException {
    if (!canStart.get()) {
      throw new IOException("error=28, no space");
    }
    started.incrementAndGet();
    return helpers.get();
  }

  private void rest(Duration duration) throws InterruptedException {
    rests.add(duration);
    mayGoOn.acquire();
  }

  private int awaitStarted(int count) {
    Polling.until(() -> started.get() >= count);
    return count;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WorkerException refused(Phonemizer voice, String text) {
    return assertThrows(WorkerException.class, () -> voice.phonemize(text));
  }
}
