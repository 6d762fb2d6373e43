package dev.ttsworker.grpc;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.Capabilities;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsResponse;
import dev.ttsworker.proto.ModelInfo;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;

/// Puts the worker's state into messages; never waits.
final class ProtoMapper {
  private final Models models;
  private final Readiness readiness;
  private final WorkerStatus status;

  ProtoMapper(Models models, Readiness readiness, WorkerStatus status) {
    this.models = models;
    this.readiness = readiness;
    this.status = status;
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
    CapabilitySettings told = status.capabilities();
    Readiness.Status ready = readiness.status();
    return GetCapabilitiesResponse.newBuilder()
        .setCapabilities(
            Capabilities.newBuilder()
                .setStreaming(told.streaming())
                .setZeroShot(told.zeroShot())
                .setLora(told.lora())
                .setCpuOk(told.cpuOk())
                .addAllLanguages(told.languages())
                .setEmotiveZeroPrompt(told.emotiveZeroPrompt())
                .setMaxConcurrentSessions(told.maxConcurrentSessions()))
        .addAllResidentModels(models.resident())
        .putAllMetrics(status.figures().get())
        .setState(ready.state().name())
        .setReason(ready.reason())
        .setDevice(status.device().get())
        .setDeviceReason(status.deviceReason().get())
        .build();
  }

  static WorkerException unknownCommand(int number) {
    return new WorkerException(ErrorCode.INVALID_FIELD, "Unknown command: " + number);
  }
}
