package dev.ttsworker.bench.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// What is counted over all streams of one run, inside its window. Thread-safe.
final class Tally {
  final Window window;
  final Samples firstAudio = new Samples();
  final Samples firstAudible = new Samples();
  final Samples gaps = new Samples();
  final Samples refusalTimes = new Samples();
  final AtomicInteger sentences = new AtomicInteger();
  final AtomicInteger failures = new AtomicInteger();
  final AtomicReference<String> firstFailure = new AtomicReference<>("");
  final AtomicInteger refusals = new AtomicInteger();
  final AtomicInteger underruns = new AtomicInteger();
  final AtomicLong underrunNanos = new AtomicLong();
  final AtomicLong audioNanos = new AtomicLong();
  final AtomicLong allAudioNanos = new AtomicLong();

  Tally(Window window) {
    this.window = window;
  }

  void failed(String reason) {
    failures.incrementAndGet();
    firstFailure.compareAndSet("", reason);
  }

  /// Tells people that calls failed, and of one of them why.
  void tell(TestBed bed) {
    if (failures.get() > 0) {
      bed.progress()
          .note(
              bed.title() + ": " + failures.get() + " calls failed, first: " + firstFailure.get());
    }
  }

  boolean flawless() {
    return underruns.get() == 0 && failures.get() == 0 && refusals.get() == 0;
  }
}
