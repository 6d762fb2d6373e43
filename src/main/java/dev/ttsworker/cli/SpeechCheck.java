package dev.ttsworker.cli;

import com.google.protobuf.ByteString;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.TextChunk;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.PrintWriter;
import java.util.Locale;

/// Contract check of the frames of one call.
final class SpeechCheck {
  private static final int FRAME_BYTES = 1_920;
  private static final int FRAME_MS = 20;
  private static final int SAMPLE_RATE_HZ = 48_000;
  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;

  private final String session;
  private final PrintWriter out;
  private int count;
  private boolean ended;
  private boolean loud;
  private long firstNanos;

  SpeechCheck(String session, PrintWriter out) {
    this.session = session;
    this.out = out;
  }

  /// Has `text` said, and prints what came of it.
  void run(BlockingClientCall<TextChunk, AudioFrame> call, String text)
      throws CheckFailure, InterruptedException, StatusException {
    long began = System.nanoTime();
    var _ =
        call.write(
            TextChunk.newBuilder()
                .setSessionId(session)
                .setText(text)
                .setIsFinal(true)
                .setSequenceNumber(1)
                .build());
    call.halfClose();
    while (call.hasNext()) {
      AudioFrame frame = call.read();
      if (frame != null) {
        firstNanos = count == 0 ? System.nanoTime() - began : firstNanos;
        count++;
        check(frame);
      }
    }
    double took = (System.nanoTime() - began) / BILLION;
    if (!ended) {
      throw new CheckFailure(
          count + " frames and none of them is final", "the call was cut off; see the log");
    }
    if (!loud) {
      throw new CheckFailure(count + " frames of silence", "is there anything to say in --text?");
    }
    double seconds = (double) count * FRAME_MS / 1000;
    ok(String.format(Locale.ROOT, "first audio after %.0f ms", firstNanos / MILLION));
    ok(count + " frames in order, " + FRAME_BYTES + " bytes each, the last one final");
    ok(
        String.format(
            Locale.ROOT,
            "%.2f s of audio in %.2f s (real-time factor %.3f)",
            seconds,
            took,
            took / seconds));
  }

  private void ok(String message) {
    out.println("OK    " + message);
  }

  private void check(AudioFrame frame) throws CheckFailure {
    ByteString audio = frame.getAudioData();
    require(!ended, "a frame after the final one");
    require(frame.getSessionId().equals(session), "session_id '" + frame.getSessionId() + "'");
    require(frame.getSequenceNumber() == count, "sequence_number " + frame.getSequenceNumber());
    require(frame.getSampleRate() == SAMPLE_RATE_HZ, "sample_rate " + frame.getSampleRate());
    require(
        frame.getFrameDurationMs() == FRAME_MS, "frame_duration_ms " + frame.getFrameDurationMs());
    require(audio.size() == FRAME_BYTES, audio.size() + " bytes instead of " + FRAME_BYTES);
    ended = frame.getIsFinal();
    for (int i = 0; !loud && i < audio.size(); i++) {
      loud = audio.byteAt(i) != 0;
    }
  }

  private void require(boolean right, String otherwise) throws CheckFailure {
    if (!right) {
      throw new CheckFailure(
          "frame " + count + ": " + otherwise, "the worker breaks the contract of frames");
    }
  }
}
