package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Keeps frames; ends the call after so many of them.
final class RecordingSink implements AudioSink {
  final List<byte[]> frames = new ArrayList<>();

  /// Words, and how many frames came before they were told.
  final Map<WordTiming, Integer> words = new LinkedHashMap<>();

  int endsAfter = Integer.MAX_VALUE;
  int waits;
  OptionalLong lead = OptionalLong.of(0);

  @Override
  public void awaitRoom() {
    waits++;
    refuseWhenEnded();
  }

  @Override
  public void writeFrames(List<byte[]> made) {
    for (byte[] pcm : made) {
      refuseWhenEnded();
      frames.add(pcm);
    }
  }

  @Override
  public void announceWords(List<WordTiming> announced) {
    announced.forEach(word -> words.put(word, frames.size()));
  }

  @Override
  public long deadlineNanos() {
    return 0;
  }

  @Override
  public OptionalLong leadNanos() {
    return lead;
  }

  private void refuseWhenEnded() {
    if (frames.size() >= endsAfter) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call has ended");
    }
  }

  /// All samples, in order.
  short[] samples() {
    short[] samples = new short[frames.size() * 960];
    int at = 0;
    for (byte[] frame : frames) {
      for (int i = 0; i < frame.length; i += 2) {
        samples[at++] = (short) ((frame[i] & 0xFF) | (frame[i + 1] << 8));
      }
    }
    return samples;
  }
}
