package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechCall;
import dev.ttsworker.bench.client.SpeechStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One stream of a load: has one sentence after the other spoken until the gate is closed. All of
/// it runs on the timer's thread.
final class Speaker {
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration RETRY_UNTOLD = Duration.ofSeconds(1);

  private final TestBed bed;
  private final Gate gate;
  private final Tally tally;
  private final SpeechStream stream;
  private final Iterator<String> sentences;
  private final Optional<SlackTrack> slack;
  private final Rhythm rhythm;
  private String sentence;
  private @Nullable SpeechCall running;

  Speaker(
      TestBed bed,
      Gate gate,
      Tally tally,
      SpeechStream stream,
      Iterator<String> sentences,
      Optional<SlackTrack> slack,
      Rhythm rhythm) {
    this.bed = bed;
    this.gate = gate;
    this.tally = tally;
    this.stream = stream;
    this.sentences = sentences;
    this.slack = slack;
    this.rhythm = rhythm;
    this.sentence = sentences.next();
  }

  /// Begins after a while; from any thread.
  void begin(long afterNanos) {
    var _ = bed.timer().schedule(this::speak, afterNanos, TimeUnit.NANOSECONDS);
  }

  private void speak() {
    if (!gate.begin()) {
      return;
    }
    MeasuredCall call =
        new MeasuredCall(bed.clock(), tally, slack, over -> bed.timer().execute(() -> ended(over)));
    SpeechCall spoken = stream.speak(sentence, call);
    running = spoken;
    rhythm.began(call, spoken);
  }

  private void ended(MeasuredCall call) {
    running = null;
    long now = bed.clock().getAsLong();
    switch (call.outcome()) {
      // It is said later: a listener who was refused still wants to hear it.
      case REFUSED ->
          begin((call.retryAfter().isZero() ? RETRY_UNTOLD : call.retryAfter()).toNanos());
      case FAILED -> next(Math.max(AFTER_FAILURE.toNanos(), rhythm.nextNanos(call) - now));
      case ENDED, RUNNING -> next(rhythm.nextNanos(call) - now);
    }
    gate.end();
  }

  private void next(long afterNanos) {
    sentence = sentences.next();
    begin(afterNanos);
  }

  /// Lets go of the call that runs; from any thread.
  void cancel() {
    bed.timer()
        .execute(() -> {
          if (running != null) {
            running.cancel();
          }
        });
  }
}
