package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Times one call. Thread-safe; its events come from the transport, its questions from the timer.
final class MeasuredCall implements SpeechListener {
  private static final int BYTES_PER_SAMPLE = 2;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final LongSupplier clock;
  private final Tally tally;
  private final Optional<SlackTrack> slack;
  private final Consumer<MeasuredCall> ended;
  private final Playout playout = new Playout();
  private final long requestNanos;
  private final boolean counted;
  private Optional<Interruption> interruption = Optional.empty();
  private Outcome outcome = Outcome.RUNNING;
  private String failure = "";
  private Duration retryAfter = Duration.ZERO;
  private boolean audible;
  private long latestNanos;
  private long overNanos;

  /// How a call stands.
  enum Outcome {
    RUNNING,
    ENDED,
    REFUSED,
    FAILED
  }

  /// The request goes out now.
  ///
  /// @param ended hears of the end on the transport's thread, once
  MeasuredCall(
      LongSupplier clock, Tally tally, Optional<SlackTrack> slack, Consumer<MeasuredCall> ended) {
    this.clock = clock;
    this.tally = tally;
    this.slack = slack;
    this.ended = ended;
    this.requestNanos = clock.getAsLong();
    this.counted = tally.window.contains(requestNanos);
  }

  @Override
  public synchronized void audio(byte[] pcm, int sampleRateHz) {
    long now = clock.getAsLong();
    if (outcome != Outcome.RUNNING) {
      return;
    }
    long audioNanos = pcm.length / BYTES_PER_SAMPLE * SECOND_NANOS / sampleRateHz;
    tally.allAudioNanos.addAndGet(audioNanos);
    if (tally.window.contains(now)) {
      tally.audioNanos.addAndGet(audioNanos);
    }
    if (interruption.isPresent()) {
      interruption.get().audio(now);
    } else {
      measure(now, audioNanos);
    }
    if (!audible && Audible.in(pcm)) {
      audible = true;
      if (counted) {
        tally.firstAudible.add(now - requestNanos);
      }
    }
  }

  private void measure(long now, long audioNanos) {
    if (counted) {
      if (playout.hasStarted()) {
        tally.gaps.add(now - latestNanos);
      } else {
        tally.firstAudio.add(now - requestNanos);
      }
    }
    latestNanos = now;
    boolean first = !playout.hasStarted();
    if (playout.arrived(now, audioNanos)) {
      onUnderrun(now);
    } else if (first) {
      slack.ifPresent(track -> track.always(now, 0));
    }
    slack.ifPresent(track -> track.maybe(now, playout.slackNanos(now)));
  }

  private void onUnderrun(long now) {
    if (tally.window.begun(now)) {
      tally.underruns.incrementAndGet();
      tally.underrunNanos.addAndGet(playout.underrunNanos());
    }
    slack.ifPresent(track -> {
      track.always(now - playout.underrunNanos(), 0);
      track.always(now, -playout.underrunNanos());
    });
  }

  @Override
  public void ended() {
    if (hasSoundOrWasInterrupted()) {
      over(Outcome.ENDED, "");
    } else {
      over(Outcome.FAILED, "ended well, but without any audio");
    }
  }

  private synchronized boolean hasSoundOrWasInterrupted() {
    return playout.hasStarted() || interruption.isPresent();
  }

  @Override
  public void refused(String reason, Duration retry) {
    synchronized (this) {
      retryAfter = retry;
    }
    over(Outcome.REFUSED, reason);
  }

  @Override
  public void failed(String reason) {
    over(Outcome.FAILED, reason);
  }

  private void over(Outcome how, String why) {
    synchronized (this) {
      if (outcome != Outcome.RUNNING) {
        return;
      }
      outcome = how;
      failure = why;
      overNanos = clock.getAsLong();
      if (counted) {
        count();
      }
      if (playout.hasStarted() && interruption.isEmpty()) {
        slack.ifPresent(track -> {
          track.always(overNanos, Math.max(0, playout.slackNanos(overNanos)));
          track.always(heardNanos(), 0);
        });
      }
    }
    ended.accept(this);
  }

  private void count() {
    switch (outcome) {
      case RUNNING -> {}
      case ENDED -> {
        if (interruption.isEmpty()) {
          tally.sentences.incrementAndGet();
        }
      }
      case REFUSED -> {
        tally.refusals.incrementAndGet();
        tally.refusalTimes.add(overNanos - requestNanos);
      }
      case FAILED -> {
        if (interruption.isEmpty() || !interruption.get().endsWithFailure()) {
          tally.failed(failure);
        }
      }
    }
  }

  /// From now on the listener has stopped to listen, and `how` hears of the audio.
  ///
  /// @return whether the call was still running
  synchronized boolean interrupt(Interruption how) {
    if (outcome == Outcome.RUNNING) {
      interruption = Optional.of(how);
    }
    return outcome == Outcome.RUNNING;
  }

  synchronized Outcome outcome() {
    return outcome;
  }

  /// When the server says to try again; zero when it does not say.
  synchronized Duration retryAfter() {
    return retryAfter;
  }

  /// When the call was over. Only after its end.
  synchronized long overNanos() {
    return overNanos;
  }

  /// When its listener has heard everything; for a call without audio, or one whose listener has
  /// stopped to listen, when it was over. Only after its end.
  synchronized long heardNanos() {
    boolean plays = playout.hasStarted() && interruption.isEmpty();
    return plays && playout.endsAtNanos() - overNanos > 0 ? playout.endsAtNanos() : overNanos;
  }
}
