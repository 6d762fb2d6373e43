package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Makes fake voices; fails or waits where a test wants it to.
final class FakeLoader implements VoiceLoader {
  private final List<FakeVoice> voices = new ArrayList<>();
  private final List<String> attempts = new ArrayList<>();
  private final Map<String, Supplier<Throwable>> failures = new HashMap<>();
  private final Map<String, CountDownLatch> gates = new HashMap<>();
  private final Set<String> mute = new HashSet<>();
  private final Map<String, Double> calibrated = new HashMap<>();
  private final List<String> warmUps = new ArrayList<>();

  /// Whether loads at a gate take no notice of interrupts, as native code does.
  volatile boolean stubborn;

  private int running;
  private int mostRunning;

  @Override
  public Voice load(Voicepack voicepack, Placement placement) {
    String attempt = voicepack.modelId() + " " + placement;
    enter(attempt);
    try {
      awaitGate(voicepack.modelId());
      throwFailure(attempt);
      FakeVoice voice = new FakeVoice(voicepack, placement, this);
      synchronized (this) {
        voices.add(voice);
      }
      return voice;
    } finally {
      leave();
    }
  }

  private synchronized void enter(String attempt) {
    attempts.add(attempt);
    running++;
    mostRunning = Math.max(mostRunning, running);
    notifyAll();
  }

  private synchronized void leave() {
    running--;
  }

  private void awaitGate(String modelId) {
    CountDownLatch gate;
    synchronized (this) {
      gate = gates.getOrDefault(modelId, new CountDownLatch(0));
    }
    try {
      if (stubborn) {
        awaitStubbornly(gate);
      }
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, "interrupted", e);
    }
  }

  private static void awaitStubbornly(CountDownLatch gate) {
    boolean opened = false;
    while (!opened) {
      try {
        gate.await();
        opened = true;
      } catch (InterruptedException ignored) {
        // go on waiting, with the flag cleared
      }
    }
  }

  private void throwFailure(String attempt) {
    Supplier<Throwable> failure;
    synchronized (this) {
      failure = failures.getOrDefault(attempt, () -> new IllegalStateException("none"));
      if (!failures.containsKey(attempt)) {
        return;
      }
    }
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalArgumentException(e);
    }
  }

  void warmUp(FakeVoice voice, String text) {
    synchronized (this) {
      warmUps.add(text);
      if (!mute.contains(voice.voicepack.modelId())) {
        return;
      }
    }
    throw new WorkerException(ErrorCode.INFERENCE_FAILED, "warm-up of a mute voice");
  }

  synchronized void fail(String modelId, Placement placement, String reason) {
    failWith(modelId, placement, () -> new WorkerException(ErrorCode.MODEL_LOAD_FAILED, reason));
  }

  synchronized void failWith(String modelId, Placement placement, Supplier<Throwable> failure) {
    failures.put(modelId + " " + placement, failure);
  }

  synchronized void heal() {
    failures.clear();
    mute.clear();
  }

  synchronized void makeMute(String modelId) {
    mute.add(modelId);
  }

  /// Loads of this model wait until the latch is opened.
  synchronized CountDownLatch gate(String modelId) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(modelId, gate);
    return gate;
  }

  synchronized void awaitAttempts(int count) throws InterruptedException {
    while (attempts.size() < count) {
      wait();
    }
  }

  synchronized List<String> attempts() {
    return List.copyOf(attempts);
  }

  synchronized void calibrated(String modelId, double audioSeconds) {
    calibrated.put(modelId, audioSeconds);
  }

  /// Seconds of audio that the cost of each voice was measured by.
  synchronized Map<String, Double> calibrated() {
    return Map.copyOf(calibrated);
  }

  synchronized List<String> warmUps() {
    return List.copyOf(warmUps);
  }

  synchronized int mostRunning() {
    return mostRunning;
  }

  /// All voices ever made.
  synchronized List<FakeVoice> voices() {
    return List.copyOf(voices);
  }

  long open() {
    return voices().stream().filter(voice -> !voice.isClosed()).count();
  }
}
