package dev.ttsworker.bench.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a listener hears, as one text for each event.
final class HeardSpeech implements SpeechListener {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Override
  public void audio(byte[] pcm, int sampleRateHz) {
    events.add(sampleRateHz + " " + Arrays.toString(pcm));
  }

  @Override
  public void ended() {
    events.add("ended");
  }

  @Override
  public void refused(String reason, Duration retryAfter) {
    events.add("refused: " + reason);
  }

  @Override
  public void failed(String reason) {
    events.add("failed: " + reason);
  }

  /// Waits for the next event.
  String next() throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }

  /// What came after the last [#next].
  String rest() {
    return events.toString();
  }
}
