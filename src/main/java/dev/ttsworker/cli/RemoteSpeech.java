package dev.ttsworker.cli;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.util.UUID;
import java.util.function.Consumer;

/// Remote synthesis: a running worker speaks, as for any client.
final class RemoteSpeech {
  private final WorkerAddress address;
  private final Output output;

  /// @param output of the command that speaks
  RemoteSpeech(WorkerAddress address, Output output) {
    this.address = address;
    this.output = output;
  }

  /// @param warnings gets a warning for each word of which the voice leaves phonemes out
  /// @throws WorkerException when the worker cannot be reached or refuses
  void speak(LocalSpeech.Request request, SpeechOutput heard, Consumer<String> warnings) {
    String session = "say-" + UUID.randomUUID();
    ManagedChannel channel = address.connect(output);
    try {
      TTSServiceGrpc.TTSServiceBlockingV2Stub worker = TTSServiceGrpc.newBlockingV2Stub(channel);
      StartSessionResponse started = worker.startSession(start(session, request));
      if (!started.getSuccess()) {
        throw new WorkerException(ErrorCode.MODEL_NOT_FOUND, started.getMessage());
      }
      receive(worker.synthesize(), session, request.text(), heard, warnings);
      end(worker, session);
    } catch (StatusRuntimeException | StatusException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "Interrupted", e);
    } finally {
      channel.shutdownNow();
    }
  }

  private static StartSessionRequest start(String session, LocalSpeech.Request request) {
    return StartSessionRequest.newBuilder()
        .setSessionId(session)
        .setModelId(request.modelId())
        .putAllOptions(request.allOptions())
        .build();
  }

  /// All has been heard: a worker that is gone by now has ended the session itself.
  private static void end(TTSServiceGrpc.TTSServiceBlockingV2Stub worker, String session)
      throws StatusException {
    try {
      var _ = worker.endSession(EndSessionRequest.newBuilder().setSessionId(session).build());
    } catch (StatusException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
    }
  }

  private static void receive(
      BlockingClientCall<TextChunk, AudioFrame> call,
      String session,
      String text,
      SpeechOutput heard,
      Consumer<String> warnings)
      throws InterruptedException, StatusException {
    var _ =
        call.write(
            TextChunk.newBuilder().setSessionId(session).setText(text).setIsFinal(true).build());
    call.halfClose();
    while (call.hasNext()) {
      AudioFrame frame = call.read();
      if (frame != null) {
        frame.getWordsList().stream()
            .filter(word -> word.getUnknownPhonemesCount() > 0)
            .map(word ->
                ExplainedSentence.unknownPhonemes(word.getText(), word.getUnknownPhonemesList()))
            .forEach(warnings);
        heard.write(format(frame.getSampleRate()), frame.getAudioData().toByteArray());
      }
    }
  }

  /// Of a worker that says no rate the usual one.
  private static AudioFormat format(int rate) {
    if (rate == 0) {
      return AudioFormat.DEFAULT;
    }
    if (!AudioFormat.RATES_HZ.contains(rate)) {
      throw new WorkerException(
          ErrorCode.INTERNAL,
          "The worker sends " + rate + " samples a second; known: " + AudioFormat.allowedRates());
    }
    return new AudioFormat(rate, AudioEncoding.PCM_S16LE);
  }

  private WorkerException failed(Exception cause) {
    return new WorkerException(ErrorCode.INTERNAL, address.describe(cause), cause);
  }
}
