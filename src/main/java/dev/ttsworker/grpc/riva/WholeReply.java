package dev.ttsworker.grpc.riva;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.SpokenStream;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import dev.ttsworker.session.Ending;
import dev.ttsworker.session.FrameReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Response of one Synthesize call: collects its audio up to what clients accept.
final class WholeReply implements FrameReceiver {
  /// Clients refuse messages of more than 4 MiB; the rest is for what stands beside the audio.
  static final int MAX_BYTES = (4 << 20) - (64 << 10);

  /// More than anybody says in a second at the usual speed.
  private static final int MOST_CHARS_PER_SECOND = 30;

  private final SpokenStream<SynthesizeSpeechResponse> stream;
  private final ByteString.Output audio = ByteString.newOutput();
  private final List<WordTiming> words = new ArrayList<>();
  private volatile ResponseMapper responses = ResponseMapper.NONE;
  private boolean tooLong;

  WholeReply(SpokenStream<SynthesizeSpeechResponse> stream) {
    this.stream = stream;
  }

  /// Refuses a text whose audio cannot fit, before any of it is computed.
  ///
  /// @param fastest highest speed
  /// @throws WorkerException `TEXT_TOO_LONG`
  static void check(SynthesizeSpeechRequest request, AudioFormat format, double fastest) {
    double seconds = request.getText().length() / (MOST_CHARS_PER_SECOND * fastest);
    double bytes = seconds * format.sampleRateHz() * format.encoding().bytesPerSample();
    if (bytes > MAX_BYTES) {
      throw tooLong("text has " + request.getText().length() + " characters: its audio");
    }
  }

  private static WorkerException tooLong(String what) {
    return new WorkerException(
        ErrorCode.TEXT_TOO_LONG,
        what + " is more than " + MAX_BYTES + " bytes; SynthesizeOnline has no such limit");
  }

  /// To be called before the call starts.
  void answerBy(ResponseMapper mapper) {
    responses = mapper;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void send(byte[] frame, List<WordTiming> said, long sequence, Optional<Ending> end) {
    if (tooLong) {
      return;
    }
    if (audio.size() + frame.length > MAX_BYTES) {
      tooLong = true;
      stream.refuse(tooLong("the audio of the text"));
      return;
    }
    audio.write(frame, 0, frame.length);
    words.addAll(said);
  }

  @Override
  public void complete() {
    if (!tooLong) {
      stream.send(responses.response(audio.toByteString(), words));
      stream.complete();
    }
  }

  @Override
  public void fail(WorkerException failure) {
    if (!tooLong) {
      stream.fail(failure);
    }
  }
}
