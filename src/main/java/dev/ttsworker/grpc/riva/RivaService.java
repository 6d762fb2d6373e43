package dev.ttsworker.grpc.riva;

import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.SpokenStream;
import dev.ttsworker.proto.riva.RivaSpeechSynthesisGrpc;
import dev.ttsworker.proto.riva.RivaSynthesisConfigRequest;
import dev.ttsworker.proto.riva.RivaSynthesisConfigResponse;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceNames;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/// NVIDIA Riva's speech synthesis. Each method runs on a virtual thread of its own and may block;
/// each call has a session of its own.
public final class RivaService extends RivaSpeechSynthesisGrpc.RivaSpeechSynthesisImplBase {
  /// Names of NVIDIA's own voices: `Magpie-Multilingual.EN-US.Aria`, `English-US.Female-1`.
  private static final Pattern NVIDIA_VOICES =
      Pattern.compile("(magpie|fastpitch|radtts|[a-z]+-[a-z]{2}(-[a-z]+)?\\.)[a-z0-9._-]*");

  private final SessionManager sessions;
  private final Executor speakers;
  private final RivaSettings settings;
  private final VoiceConfigs configs;

  /// @param speakers runs each call on a virtual thread
  public RivaService(
      SessionManager sessions, Models models, Executor speakers, ClientSettings clients) {
    this.sessions = sessions;
    this.speakers = speakers;
    this.settings =
        new RivaSettings(
            new VoiceNames(
                models,
                "voice_name",
                Optional.of(NVIDIA_VOICES).filter(_ -> clients.foreignVoices())),
            clients.maxLead());
    this.configs = new VoiceConfigs(models);
  }

  @Override
  public void synthesize(
      SynthesizeSpeechRequest request, StreamObserver<SynthesizeSpeechResponse> responses) {
    if (request.getText().isBlank()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "text is empty; allowed: text to speak");
    }
    WholeReply.check(request, RivaSettings.format(request), VoiceSettings.FASTEST);
    SpokenStream<SynthesizeSpeechResponse> stream =
        new SpokenStream<>(
            (ServerCallStreamObserver<SynthesizeSpeechResponse>) responses, speakers);
    WholeReply reply = new WholeReply(stream);
    CallTask opened = sessions.openCall(settings.call(request), reply);
    SourceSlices source = new SourceSlices();
    reply.answerBy(new ResponseMapper(request, source, opened.call().format().sampleRateHz()));
    Call call = opened.call();
    call.appendText(source.add(request.getText()));
    call.endText();
    Call _ = stream.start(opened);
  }

  @Override
  public StreamObserver<SynthesizeSpeechRequest> synthesizeOnline(
      StreamObserver<SynthesizeSpeechResponse> responses) {
    return new OnlineStream(
        (ServerCallStreamObserver<SynthesizeSpeechResponse>) responses,
        sessions,
        settings,
        speakers);
  }

  @Override
  public void getRivaSynthesisConfig(
      RivaSynthesisConfigRequest request, StreamObserver<RivaSynthesisConfigResponse> responses) {
    responses.onNext(configs.of(request.getModelName()));
    responses.onCompleted();
  }
}
