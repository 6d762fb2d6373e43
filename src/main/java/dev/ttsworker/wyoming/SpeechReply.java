package dev.ttsworker.wyoming;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.FrameReceiver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Audio of one call: a start before its first frame, a chunk for each frame, and a stop, also when
/// there was nothing to say.
final class SpeechReply implements FrameReceiver {
  /// What Home Assistant and others read of the first event, and then take for all.
  static final AudioFormat FORMAT = new AudioFormat(24_000, AudioEncoding.PCM_S16LE);

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] FORMAT_DATA =
      "{\"rate\":%d,\"width\":%d,\"channels\":1}"
          .formatted(FORMAT.sampleRateHz(), FORMAT.encoding().bytesPerSample())
          .getBytes(StandardCharsets.UTF_8);

  private final EventWriter client;
  private final boolean streamed;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean started;

  /// @param streamed whether its text comes in pieces; its end then has an event of its own
  SpeechReply(EventWriter client, boolean streamed) {
    this.client = client;
    this.streamed = streamed;
  }

  @Override
  public boolean isReady() {
    return client.isReady();
  }

  @Override
  public void send(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
    if (pcm.length > 0) {
      start();
      client.write("audio-chunk", FORMAT_DATA, pcm);
    }
  }

  private void start() {
    if (!started) {
      started = true;
      client.write("audio-start", FORMAT_DATA, NOTHING);
    }
  }

  @Override
  public void complete() {
    start();
    client.write("audio-stop");
    if (streamed) {
      client.write("synthesize-stopped");
    }
    ended.countDown();
  }

  @Override
  public void fail(WorkerException failure) {
    client.fail(failure);
    ended.countDown();
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /// Waits for the end of the call, which an error also is.
  void awaitEnd() throws InterruptedException {
    ended.await();
  }
}
