package dev.ttsworker.engine.synthesis;

import static dev.ttsworker.engine.synthesis.ScriptedVoice.sound;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import dev.ttsworker.engine.VoiceDescription.Input;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.text.ChunkSegmenter;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.normalization.Normalizers;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallSynthesisTest {
  private static final ScriptedVoice.Step NOTHING = () -> new float[0];

  private final Scheduler scheduler =
      new Scheduler(SchedulingOrder.EARLIEST_DEADLINE_FIRST, 1, Thread.ofPlatform().factory());
  private final RecordingSink sink = new RecordingSink();
  private final CancellationToken cancel = new CancellationToken();
  private final RecordingCounts counts = new RecordingCounts();
  private final CostMeter cost = new CostMeter();
  private boolean normalized = true;
  private double volumeDb;
  private WordDetail words = WordDetail.WORDS;

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void soundOfAllSegmentsFollowsWithoutAGap() {
    CallSynthesis utterance =
        utterance(voice(NOTHING, sound(0.25, 1_500), sound(0.5, 700), sound(0.125, 1)));
    utterance.speak(segment("One."));
    utterance.speak(segment("Two."));
    SynthesisSummary summary = utterance.finish();
    short[] expected = new short[5 * 960];
    for (int i = 0; i < 2 * 2_201; i++) {
      int at = i % 2_201;
      expected[i] = (short) (at < 1_500 ? 8_192 : at < 2_200 ? 16_384 : 4_096);
    }
    assertArrayEquals(expected, sink.samples());
    assertEquals(5, summary.frames());
    assertEquals(5, counts.frames.get());
    assertTrue(summary.computing().compareTo(Duration.ZERO) > 0);
  }

  @Test
  void framesLeaveAfterEachStepAndRoomIsAwaitedBefore() {
    CallSynthesis utterance =
        utterance(
            voice(
                sound(0.1, 2_000),
                () -> {
                  assertEquals(1, sink.frames.size());
                  assertEquals(2, sink.waits);
                  return new float[960];
                }));
    utterance.speak(segment("One."));
    assertEquals(2, sink.waits);
  }

  @Test
  void windowsGrowWithTheLead() {
    ScriptedVoice voice =
        voice(
            () -> {
              sink.lead = OptionalLong.of(Duration.ofMillis(400).toNanos());
              return new float[960];
            },
            () -> {
              sink.lead = OptionalLong.empty();
              return new float[960];
            },
            NOTHING);
    utterance(voice).speak(segment("One."));
    assertEquals(List.of(8, 32, 64), voice.windows);
  }

  @Test
  void stagesWithoutSoundRunInOneGo() {
    utterance(voice(NOTHING, NOTHING, NOTHING, sound(0.1, 2_000))).speak(segment("One."));
    assertEquals(1, sink.waits);
  }

  @Test
  void costIsWhatWasComputedForTheAudio() {
    double unknown = cost.realTimeFactor("scripted");
    utterance(voice(NOTHING, sound(0.1, 480_000), sound(0.1, 24_000))).speak(segment("One."));
    assertEquals(10.5, cost.audioSeconds(), 1e-9);
    assertTrue(cost.inferenceSeconds() > 0);
    assertTrue(cost.realTimeFactor("scripted") < unknown, "far cheaper than a real voice");
    assertEquals(cost.realTimeFactor("scripted"), cost.realTimeFactor(), 1e-9);
    assertTrue(
        cost.realTimeFactor("other") > 0, "a voice that was never heard costs what others cost");
  }

  @Test
  void callsThatAreCancelledBeforeTheirSoundDoNotMakeSpeechDearer() {
    utterance(voice(sound(0.1, 48_000))).speak(segment("One."));
    double usual = cost.realTimeFactor("scripted");
    double spent = cost.inferenceSeconds();
    WorkerException gone = new WorkerException(ErrorCode.CALL_CANCELLED, "gone");
    CallSynthesis cancelled = utterance(voice(NOTHING, NOTHING, failing(gone)));
    assertThrows(WorkerException.class, () -> cancelled.speak(segment("Two.")));
    assertEquals(usual, cost.realTimeFactor("scripted"));
    assertTrue(cost.inferenceSeconds() > spent);
  }

  @Test
  void failureDeliversWhatWasMade() {
    WorkerException broken = new WorkerException(ErrorCode.INFERENCE_FAILED, "broken");
    CallSynthesis utterance = utterance(voice(sound(0.25, 1_500), failing(broken)));
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> utterance.speak(segment("One.")));
    utterance.abandon(thrown);
    assertSame(broken, thrown);
    short[] samples = sink.samples();
    assertEquals(2 * 960, samples.length);
    assertEquals(8_192, samples[1_499]);
    assertEquals(0, samples[1_500]);
    assertEquals(2, counts.frames.get());
  }

  @Test
  void failureStaysTheFailureWhenTheCallEndsMeanwhile() {
    sink.endsAfter = 1;
    CallSynthesis utterance =
        utterance(
            voice(
                sound(0.25, 1_200),
                failing(new WorkerException(ErrorCode.INFERENCE_FAILED, "broken"))));
    WorkerException ended =
        assertThrows(WorkerException.class, () -> utterance.speak(segment("One.")));
    assertEquals(ErrorCode.CALL_CANCELLED, ended.code());
    WorkerException broken = new WorkerException(ErrorCode.INFERENCE_FAILED, "broken");
    utterance.abandon(broken);
    assertEquals(1, broken.getSuppressed().length);
  }

  @Test
  void cancelledCallsGetNothingMore() {
    CallSynthesis utterance =
        utterance(
            voice(
                sound(0.25, 1_500),
                () -> {
                  cancel.cancel();
                  return new float[0];
                },
                sound(0.25, 5_000)));
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> utterance.speak(segment("One.")));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    utterance.abandon(thrown);
    assertEquals(1, sink.frames.size());
  }

  @Test
  void wordlessTextIsOneSilentFrame() {
    ScriptedVoice voice = voice(sound(0.5, 5_000));
    CallSynthesis utterance = utterance(voice);
    utterance.speak(segment("…"));
    utterance.speak(segment("!?"));
    assertEquals(1, utterance.finish().frames());
    assertArrayEquals(new short[960], sink.samples());
    assertEquals(List.of(), voice.texts);
  }

  @Test
  void wordsThatTheVoiceHasNoSoundForAreOneSilentFrame() {
    CallSynthesis utterance = utterance(voice(NOTHING));
    utterance.speak(segment("漢字"));
    assertEquals(1, utterance.finish().frames());
  }

  @Test
  void wordlessTextBesideWordsAddsNothing() {
    CallSynthesis utterance = utterance(voice(sound(0.5, 900)));
    utterance.speak(segment("Yes."));
    utterance.speak(segment("…"));
    assertEquals(1, utterance.finish().frames());
    assertEquals(16_384, sink.samples()[899]);
  }

  @Test
  void noTextIsNoAudio() {
    assertEquals(0, utterance(voice(sound(0.5, 900))).finish().frames());
    assertEquals(List.of(), sink.frames);
    assertEquals(0, counts.frames.get());
  }

  @Test
  void chunkVoicesSpeakWhateverTheyAreGiven() {
    ScriptedVoice voice = new ScriptedVoice(Input.CHUNK, List.of(sound(0.5, 960)));
    CallSynthesis utterance = utterance(voice);
    utterance.speak(segment("…"));
    assertEquals(List.of("…"), voice.texts);
    assertEquals(1, utterance.finish().frames());
  }

  @Test
  void gainIsTheVoicesWithTheCallsVolume() {
    assertEquals(0.1 * Math.pow(10, (6 + 3) / 20.0), peak(true, 3), 1e-4);
    assertEquals(0.1 * Math.pow(10, 3 / 20.0), peak(false, 3), 1e-4);
    assertEquals(Math.pow(10, -1 / 20.0), peak(true, 50), 1e-3);
  }

  @Test
  void eachStageIsTimedOncePerRun() {
    utterance(voice(NOTHING, sound(0.1, 2_000), NOTHING, sound(0.1, 1_000))).speak(segment("One."));
    assertEquals(Map.of("QUEUE", 2, "VOCODER", 4, "POST", 2), counts.runs);
  }

  @Test
  void timeInTheQueueIsThatUntilAThreadIsFree() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Thread other =
        Thread.startVirtualThread(() ->
            scheduler.run(
                0,
                new CancellationToken(),
                _ -> {
                  busy.countDown();
                  free.await();
                  return 0;
                }));
    busy.await();
    Thread speaking =
        Thread.startVirtualThread(() -> utterance(voice(sound(0.1, 960))).speak(segment("One.")));
    while (scheduler.queueDepth() == 0) {
      Polling.pause();
    }
    long queued = System.nanoTime();
    // Long beside what it takes to hand over a job.
    while (System.nanoTime() - queued < 20_000_000) {
      Polling.pause();
    }
    long waited = System.nanoTime() - queued;
    free.countDown();
    speaking.join();
    other.join();
    assertTrue(counts.longestNanos.getOrDefault("QUEUE", 0L) >= waited);
  }

  @Test
  void callsAreNormalizedOnceEachAndOnlyWhenAskedFor() {
    utterance(voice(NOTHING, sound(0.1, 960), sound(0.1, 960))).speak(segment("One."));
    assertEquals(1, counts.normalized.get());
    utterance(voice(NOTHING)).speak(segment("Two."));
    normalized = false;
    utterance(voice(sound(0.1, 960))).speak(segment("Three."));
    assertEquals(1, counts.normalized.get());
  }

  private double peak(boolean normalized, double volume) {
    sink.frames.clear();
    this.normalized = normalized;
    volumeDb = volume;
    ScriptedVoice voice = voice(sound(0.1, 4_800));
    voice.gainDb = 6;
    CallSynthesis utterance = utterance(voice);
    utterance.speak(segment("One."));
    utterance.finish();
    return sink.samples()[2_400] / 32768.0;
  }

  @Test
  void wordsAreReportedBeforeTheFirstFrameOfTheirSegment() {
    CallSynthesis utterance = utterance(voice(NOTHING, sound(0.25, 1_500)));
    utterance.speak(segment("Oh, no."));
    utterance.speak(segment("Yes.", 8));
    utterance.finish();
    assertEquals(
        Map.of(
            new WordTiming("Oh", 0, 100, 0, 2, 3, true, List.of(), List.of()), 0,
            new WordTiming("no", 100, 200, 4, 6, 7, true, List.of(), List.of()), 0,
            new WordTiming("Yes", 1_500, 1_600, 8, 11, 12, true, List.of(), List.of()), 1),
        sink.words);
  }

  @Test
  void wordsAreNotToldToOneWhoDoesNotAsk() {
    words = WordDetail.NOTHING;
    CallSynthesis utterance = utterance(voice(sound(0.25, 1_500)));
    utterance.speak(segment("Oh, no."));
    utterance.finish();
    assertEquals(Map.of(), sink.words);
  }

  private static ScriptedVoice.Step failing(WorkerException failure) {
    return () -> {
      throw failure;
    };
  }

  private static ScriptedVoice voice(ScriptedVoice.Step... steps) {
    return new ScriptedVoice(Input.SENTENCE, List.of(steps));
  }

  private SpeechItem segment(String text) {
    return segment(text, 0);
  }

  /// A segment that stands at a place of the call's text.
  private SpeechItem segment(String text, int start) {
    TextFrontend speech =
        new TextFrontend(
            new AnnotatedSegmenter(Optional.empty(), new ChunkSegmenter()),
            new Normalizers().plain(),
            Lexicon.EMPTY,
            words,
            _ -> new TextEvent.End(),
            cancel);
    if (start > 0) {
      assertEquals(List.of(), speech.accept(" ".repeat(start)));
    }
    return speech.accept(text).getFirst();
  }

  private CallSynthesis utterance(ScriptedVoice voice) {
    SynthesisRequest order =
        new SynthesisRequest(
            VoiceSettings.DEFAULTS,
            1,
            volumeDb,
            TextOptions.AS_WRITTEN,
            words,
            PhraseReuse.NONE,
            AudioFormat.DEFAULT);
    return new CallSynthesis(
        new SynthesisServices(scheduler, cost, PhraseCache.off(), normalized, counts),
        voice,
        order,
        sink,
        cancel);
  }
}
