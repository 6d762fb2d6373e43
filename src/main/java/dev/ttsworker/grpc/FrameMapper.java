package dev.ttsworker.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.session.CallEnd;
import dev.ttsworker.session.Ending;
import java.util.List;
import java.util.Optional;

/// Mapper from audio frames and their word timings to protobuf messages.
final class FrameMapper {
  /// Of a call that has not begun.
  static final FrameMapper NONE = new FrameMapper("", AudioFormat.DEFAULT.sampleRateHz());

  private final String sessionId;
  private final int sampleRateHz;

  /// One for the frames of one call.
  FrameMapper(String sessionId, int sampleRateHz) {
    this.sessionId = sessionId;
    this.sampleRateHz = sampleRateHz;
  }

  /// @param pcm 20 ms, mono signed 16-bit little endian; not copied
  AudioFrame frame(byte[] pcm, List<WordTiming> words, long sequence, Optional<Ending> end) {
    AudioFrame.Builder frame =
        AudioFrame.newBuilder()
            .setSessionId(sessionId)
            .setAudioData(UnsafeByteOperations.unsafeWrap(pcm))
            .setSampleRate(sampleRateHz)
            .setFrameDurationMs(AudioFormat.FRAME_MS)
            .setSequenceNumber(sequence)
            .setIsFinal(end.isPresent());
    words.forEach(word -> frame.addWords(timing(word)));
    end.ifPresent(ending -> addEnd(frame, ending));
    return frame.build();
  }

  private static void addEnd(AudioFrame.Builder frame, Ending end) {
    frame.setEnd(wire(end.reason()));
    if (end.reason() != CallEnd.SPOKEN) {
      frame.setReceipt(ProtoMapper.receipt(end.receipt()));
    }
  }

  private static AudioFrame.End wire(CallEnd end) {
    return switch (end) {
      case SPOKEN -> AudioFrame.End.END_SPOKEN;
      case STOPPED -> AudioFrame.End.END_STOPPED;
      case SESSION_REPLACED -> AudioFrame.End.END_SESSION_REPLACED;
      case SESSION_ENDED -> AudioFrame.End.END_SESSION_ENDED;
      case PAUSED_TOO_LONG -> AudioFrame.End.END_PAUSED_TOO_LONG;
    };
  }

  /// Milliseconds are rounded up, so that a client that counts frames finds the same words
  /// delivered as a receipt does.
  private dev.ttsworker.proto.WordTiming timing(WordTiming word) {
    var timing =
        dev.ttsworker.proto.WordTiming.newBuilder()
            .setText(word.text())
            .setStartMs(millis(word.start()))
            .setEndMs(millis(word.end()))
            .setSourceStart(word.sourceStart())
            .setSourceEnd(word.sourceEnd())
            .setFinal(word.exact())
            .setContextEnd(word.contextEnd())
            .addAllUnknownPhonemes(word.unknownPhonemes());
    for (PhonemeTiming phoneme : word.phonemes()) {
      timing.addPhonemes(
          dev.ttsworker.proto.PhonemeTiming.newBuilder()
              .setText(phoneme.text())
              .setStartMs(millis(phoneme.start()))
              .setEndMs(millis(phoneme.end())));
    }
    return timing.build();
  }

  private int millis(long samples) {
    return (int) Math.ceilDiv(samples * 1000, sampleRateHz);
  }
}
