package dev.ttsworker.grpc;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.CallReceipt;
import dev.ttsworker.proto.Capabilities;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsResponse;
import dev.ttsworker.proto.ModelInfo;
import dev.ttsworker.session.CallCommand;
import dev.ttsworker.session.Receipt;
import dev.ttsworker.session.WorkerStats;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import java.util.Optional;

/// Mapper from the worker's state to protobuf messages; non-blocking.
final class ProtoMapper {
  private final Models models;
  private final Readiness readiness;
  private final CapabilitySettings configured;
  private final SpeechEngine engine;
  private final WorkerStats stats;

  ProtoMapper(
      Models models,
      Readiness readiness,
      CapabilitySettings configured,
      SpeechEngine engine,
      WorkerStats stats) {
    this.models = models;
    this.readiness = readiness;
    this.configured = configured;
    this.engine = engine;
    this.stats = stats;
  }

  ListModelsResponse listModels() {
    ListModelsResponse.Builder response = ListModelsResponse.newBuilder();
    models.list().forEach(model -> response.addModels(info(model)));
    return response.build();
  }

  private static ModelInfo info(ModelStatus model) {
    return ModelInfo.newBuilder()
        .setModelId(model.voicepack().modelId())
        .setFamily(model.voicepack().family())
        .setIsLoaded(model.loaded())
        .addAllLanguages(model.voicepack().languages())
        .putAllMetadata(model.metadata())
        .build();
  }

  GetCapabilitiesResponse capabilities() {
    Readiness.Status ready = readiness.status();
    return GetCapabilitiesResponse.newBuilder()
        .setCapabilities(
            Capabilities.newBuilder()
                .setStreaming(configured.streaming())
                .setZeroShot(configured.zeroShot())
                .setLora(configured.lora())
                .setCpuOk(configured.cpuOk())
                .addAllLanguages(configured.languages())
                .setEmotiveZeroPrompt(configured.emotiveZeroPrompt())
                .setMaxConcurrentSessions(configured.maxConcurrentSessions()))
        .addAllResidentModels(models.resident())
        .putAllMetrics(stats.all())
        .setState(ready.state().name())
        .setReason(ready.reason())
        .setDevice(engine.device().name())
        .setDeviceReason(engine.device().reason())
        .build();
  }

  /// The command of running calls that this one is; empty for another.
  static Optional<CallCommand> callCommand(ControlCommand command) {
    return switch (command) {
      case PAUSE -> Optional.of(CallCommand.PAUSE);
      case RESUME -> Optional.of(CallCommand.RESUME);
      case STOP -> Optional.of(CallCommand.STOP);
      case RELOAD, UNRECOGNIZED -> Optional.empty();
    };
  }

  static CallReceipt receipt(Receipt receipt) {
    return CallReceipt.newBuilder()
        .setSamples(receipt.samples())
        .setLastWord(receipt.lastWord())
        .setSourceEnd(receipt.sourceEnd())
        .setContextEnd(receipt.contextEnd())
        .build();
  }

  static WorkerException unknownCommand(int number) {
    return new WorkerException(ErrorCode.INVALID_FIELD, "Unknown command: " + number);
  }

  /// @param number of the command on the wire
  static WorkerException notOfOneCall(ControlCommand command, int number) {
    return new WorkerException(
        ErrorCode.INVALID_FIELD,
        "control: "
            + (command == ControlCommand.UNRECOGNIZED ? number : command)
            + " is not a command for one call; allowed: PAUSE, RESUME, STOP");
  }
}
