package dev.ttsworker.grpc;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.ControlResponse;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.EndSessionResponse;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsRequest;
import dev.ttsworker.proto.ListModelsResponse;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.LoadModelResponse;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.proto.UnloadModelRequest;
import dev.ttsworker.proto.UnloadModelResponse;
import dev.ttsworker.session.CallCommand;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.voices.Models;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// gRPC service with its eight methods. Each runs on a virtual thread of its own and may block;
/// business failures of unary methods are responses, not statuses.
public final class TtsService extends TTSServiceGrpc.TTSServiceImplBase {
  private final SessionManager sessions;
  private final Models models;
  private final Executor speakers;
  private final WorkerMetrics metrics;
  private final ProtoMapper answers;
  private final LongSupplier nanoTime;

  /// @param speakers runs each Synthesize call on a virtual thread
  public TtsService(
      SessionManager sessions,
      Models models,
      Executor speakers,
      Readiness readiness,
      CapabilitySettings capabilities,
      SpeechEngine engine,
      WorkerStats stats,
      WorkerMetrics metrics,
      LongSupplier nanoTime) {
    this.sessions = sessions;
    this.models = models;
    this.speakers = speakers;
    this.metrics = metrics;
    this.answers = new ProtoMapper(models, readiness, capabilities, engine, stats);
    this.nanoTime = nanoTime;
  }

  @Override
  public void startSession(
      StartSessionRequest request, StreamObserver<StartSessionResponse> responses) {
    StartSessionResponse.Builder response = StartSessionResponse.newBuilder();
    try (InterruptOnCancel _ = new InterruptOnCancel()) {
      String message =
          sessions.start(
              SessionIdHeader.idOr(request.getSessionId()),
              request.getModelId(),
              request.getOptionsMap());
      response.setSuccess(true).setMessage(Statuses.bounded(message));
    } catch (WorkerException e) {
      response
          .setMessage(Statuses.bounded("Failed to start session: " + e.getMessage()))
          .setReason(e.code().name());
    }
    answer(responses, response.build());
  }

  @Override
  public void endSession(EndSessionRequest request, StreamObserver<EndSessionResponse> responses) {
    sessions.end(SessionIdHeader.idOr(request.getSessionId()));
    answer(responses, EndSessionResponse.newBuilder().setSuccess(true).build());
  }

  @Override
  public StreamObserver<TextChunk> synthesize(StreamObserver<AudioFrame> responses) {
    return new SynthesizeStream(
        (ServerCallStreamObserver<AudioFrame>) responses, sessions, speakers);
  }

  @Override
  public void control(ControlRequest request, StreamObserver<ControlResponse> responses) {
    long started = nanoTime.getAsLong();
    ControlResponse.Builder response = ControlResponse.newBuilder();
    try {
      response.setMessage(Statuses.bounded(execute(request, response))).setSuccess(true);
    } catch (WorkerException e) {
      response.setMessage(Statuses.bounded(e.getMessage()));
    }
    answer(responses, response.setTimestampMs(System.currentTimeMillis()).build());
    metrics
        .sessions()
        .controlled(request.getCommand().name(), Duration.ofNanos(nanoTime.getAsLong() - started));
  }

  /// @param response receives the receipts
  /// @return its message
  private String execute(ControlRequest request, ControlResponse.Builder response) {
    ControlCommand command = request.getCommand();
    if (command == ControlCommand.RELOAD) {
      return "Command RELOAD executed: " + sessions.reload(request.getSessionId());
    }
    CallCommand known =
        ProtoMapper.callCommand(command)
            .orElseThrow(() -> ProtoMapper.unknownCommand(request.getCommandValue()));
    sessions
        .control(SessionIdHeader.idOr(request.getSessionId()), known)
        .forEach(receipt -> response.addReceipts(ProtoMapper.receipt(receipt)));
    return "Command " + command + " executed";
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> responses) {
    answer(responses, answers.listModels());
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> responses) {
    long started = nanoTime.getAsLong();
    LoadModelResponse.Builder response = LoadModelResponse.newBuilder();
    try (InterruptOnCancel _ = new InterruptOnCancel()) {
      String loaded = models.load(request.getModelId(), request.getPreloadOnly());
      response.setSuccess(true).setMessage(loaded + " is loaded");
    } catch (WorkerException e) {
      response.setMessage(Statuses.bounded("Failed to load model: " + e.getMessage()));
    }
    long took = nanoTime.getAsLong() - started;
    answer(responses, response.setLoadDurationMs(Duration.ofNanos(took).toMillis()).build());
  }

  @Override
  public void unloadModel(
      UnloadModelRequest request, StreamObserver<UnloadModelResponse> responses) {
    UnloadModelResponse.Builder response = UnloadModelResponse.newBuilder();
    try {
      response.setMessage(Statuses.bounded(models.unload(request.getModelId()))).setSuccess(true);
    } catch (WorkerException e) {
      response.setMessage(Statuses.bounded("Failed to unload model: " + e.getMessage()));
    }
    answer(responses, response.build());
  }

  @Override
  public void getCapabilities(
      GetCapabilitiesRequest request, StreamObserver<GetCapabilitiesResponse> responses) {
    answer(responses, answers.capabilities());
  }

  private static <A> void answer(StreamObserver<A> responses, A answer) {
    responses.onNext(answer);
    responses.onCompleted();
  }
}
