package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class EspeakPoolTest {
  private static final EspeakPool POOL = NativeFolder.pool(3);

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void sentencesComeWithTheirPunctuation() {
    assertEquals(
        List.of("həlˈoʊ, wˈɜːld!", "hˈaʊ ɑːɹ juː?"),
        POOL.forVoice("en-us").phonemize("Hello, world! How are you?"));
  }

  @Test
  void textsOfOneRequestHaveNothingToDoWithEachOther() {
    assertEquals(
        List.of(List.of("ʌv"), List.of(), List.of("ðə"), List.of("həlˈoʊ.", "hˈaʊ?")),
        POOL.forVoice("en-us").phonemizeEach(List.of("of", "", "the", "Hello. How?")));
  }

  @Test
  void processThatIsKilledIsStartedAgain() {
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Phonemizer english = pool.forVoice("en-us");
      pool.processes().forEach(process -> process.destroyForcibly().onExit().join());
      assertEquals(List.of("həlˈoʊ!"), english.phonemize("Hello!"));
    }
  }

  @Test
  void processThatHangsIsEndedAndStartedAgain() throws Exception {
    ThreadFactory threads = Thread.ofPlatform().daemon().factory();
    try (EspeakPool pool =
        new EspeakPool(NativeFolder.services(Duration.ofSeconds(5)), 1, threads)) {
      Phonemizer english = pool.forVoice("en-us");
      Process hanging = pool.processes().getFirst();
      assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + hanging.pid()).start().waitFor());
      assertEquals(List.of("həlˈoʊ!"), english.phonemize("Hello!"));
      assertFalse(hanging.isAlive());
    }
  }

  @Test
  void manyCallsInManyLanguagesDoNotDisturbEachOther() throws Exception {
    Map<String, String> texts =
        Map.of(
            "en-us", "The quick brown fox jumps over 13 lazy dogs, doesn't it?",
            "de", "Das Meeting beginnt um 8 Uhr; schöne Grüße aus Köln.",
            "fr", "Il fait beau aujourd'hui, n'est-ce pas ? Allons-y !",
            "es", "¿Dónde está la biblioteca? El niño come 3 piñas.",
            "it", "Gli gnocchi sono buoni: costano 12 euro.");
    Map<String, List<String>> alone = new HashMap<>();
    try (EspeakPool serial = NativeFolder.pool(1)) {
      texts.forEach((voice, text) -> alone.put(voice, serial.forVoice(voice).phonemize(text)));
    }
    List<Future<List<String>>> answers = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 200; round++) {
        texts.forEach((voice, text) -> {
          answers.add(callers.submit(() -> POOL.forVoice(voice).phonemize(text)));
          expected.add(alone.get(voice));
        });
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      assertEquals(expected.get(i), answers.get(i).get(), "call " + i);
    }
  }

  @Test
  void nothingIsSaidForBlankTextOrLoneStops() {
    Phonemizer english = POOL.forVoice("en-us");
    for (String text : List.of("", "  \n", "\0", "...", "\uD800")) {
      assertEquals(List.of(), english.phonemize(text));
    }
  }

  @Test
  void nulDoesNotCutTheText() {
    Phonemizer english = POOL.forVoice("en-us");
    assertEquals(english.phonemize("Hello there."), english.phonemize("Hello\0there."));
  }

  @Test
  void longTextCutForLengthStaysOneSentence() {
    Phonemizer english = POOL.forVoice("en-us");
    List<String> sentences = english.phonemize("lemon ".repeat(1_000) + "tree.");
    assertEquals(1, sentences.size());
    assertEquals(1_001, sentences.getFirst().split("(?=lˈɛmən|tɹ)").length, sentences.getFirst());
  }

  /// Each of these ended the process before its rule in
  /// [dev.ttsworker.engine.g2p.espeak.EspeakText].
  @ParameterizedTest
  @ValueSource(strings = {"A.", "..z", ".`", "s'", "\\\\`0H^fz&'{*ZZ", "z. "})
  void textsThatOverranTheBuffersAreRead(String part) {
    for (String voice : List.of("en-us", "es", "vi", "hi")) {
      POOL.forVoice(voice).phonemize(part.repeat(1_000 / part.length()));
    }
    POOL.forVoice("hi").phonemize("}-你");
    POOL.forVoice("pt-br").phonemize("gम-्स");
    POOL.forVoice("es").phonemize("D.#" + "x1".repeat(48));
    assertEquals(List.of("həlˈoʊ."), POOL.forVoice("en-us").phonemize("Hello."));
  }

  /// A word after an abbreviation with stops was copied behind it into 160 bytes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A.뿚",
        "e.g.뿚",
        "A.こ",
        "A. п",
        "A.B.C.D. п",
        "Я.Я.Я.Я.Я.Я.Я.Я.Я. п",
        "e.g.\uD83D\uDE42"
      })
  void longWordsAfterAbbreviationsAreRead(String start) {
    String letter = start.substring(start.offsetByCodePoints(start.length(), -1));
    List<Process> before = POOL.processes();
    for (String voice : List.of("en-us", "ru", "ko")) {
      for (int length = 10; length < 130; length += 7) {
        POOL.forVoice(voice).phonemize(start + letter.repeat(length));
      }
    }
    assertEquals(before, POOL.processes());
    assertEquals(List.of("həlˈoʊ."), POOL.forVoice("en-us").phonemize("Hello."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xx-none", "", "../en", "en us", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "é"})
  void unknownVoiceIsNamed(String voice) {
    WorkerException refused = assertThrows(WorkerException.class, () -> POOL.forVoice(voice));
    assertEquals(ErrorCode.INVALID_VOICEPACK, refused.code());
    assertTrue(refused.getMessage().contains("'" + voice + "'"), refused.getMessage());
  }

  @Test
  void failedVoiceDoesNotSpoilTheNextText() {
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Phonemizer german = pool.forVoice("de");
      List<String> before = german.phonemize("Guten Tag.");
      assertThrows(WorkerException.class, () -> pool.forVoice("xx-none"));
      assertEquals(before, german.phonemize("Guten Tag."));
    }
  }

  @Test
  void interruptedCallIsCancelledAndStaysInterrupted() throws Exception {
    Phonemizer english = POOL.forVoice("en-us");
    Thread.currentThread().interrupt();
    WorkerException cancelled =
        assertThrows(WorkerException.class, () -> english.phonemize("Hello."));
    assertEquals(ErrorCode.CALL_CANCELLED, cancelled.code());
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptWhileWaitingTakesTheTextBack() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    EspeakPool pool = poolBehind(gate);
    AtomicBoolean stayedInterrupted = new AtomicBoolean();
    FutureTask<WorkerException> call =
        new FutureTask<>(() -> {
          var thrown = assertThrows(WorkerException.class, () -> pool.forVoice("en-us"));
          stayedInterrupted.set(Thread.currentThread().isInterrupted());
          return thrown;
        });
    Thread caller = Thread.startVirtualThread(call);
    awaitWaiting(pool);
    caller.interrupt();
    assertEquals(ErrorCode.CALL_CANCELLED, call.get().code());
    assertTrue(stayedInterrupted.get());
    assertEquals(0, pool.waiting());
    gate.countDown();
    pool.close();
  }

  @Test
  void closeRefusesWhatWaitsAndWhatComesLater() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    EspeakPool pool = poolBehind(gate);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<WorkerException> waiting =
          callers.submit(() -> assertThrows(WorkerException.class, () -> pool.forVoice("en-us")));
      awaitWaiting(pool);
      Future<?> closing = callers.submit(pool::close);
      assertEquals(ErrorCode.DRAINING, waiting.get().code());
      gate.countDown();
      closing.get();
    }
    assertEquals(
        ErrorCode.DRAINING,
        assertThrows(WorkerException.class, () -> pool.forVoice("en-us")).code());
  }

  private static EspeakPool poolBehind(CountDownLatch gate) {
    ThreadFactory late =
        work -> Thread.ofPlatform().daemon().unstarted(() -> afterGate(gate, work));
    return new EspeakPool(NativeFolder.services(Duration.ofSeconds(15)), 1, late);
  }

  private static void awaitWaiting(EspeakPool pool) {
    while (pool.waiting() == 0) {
      Polling.pause();
    }
  }

  @Test
  void noCopiesAreRefused() {
    assertEquals(
        ErrorCode.INVALID_CONFIGURATION,
        assertThrows(WorkerException.class, () -> NativeFolder.pool(0)).code());
  }

  private static void afterGate(CountDownLatch gate, Runnable work) {
    boolean interrupted = false;
    while (true) {
      try {
        gate.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    work.run();
  }
}
