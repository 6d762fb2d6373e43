package dev.ttsworker;

import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;

/// An accelerator without room for one model, until it is freed.
final class FullDevice {
  private final String modelId;
  private volatile boolean full = true;

  FullDevice(String modelId) {
    this.modelId = modelId;
  }

  /// A loader that fails as the runtime does where there is no room.
  VoiceLoader around(VoiceLoader loader) {
    return (voicepack, placement) -> {
      if (full && placement == Placement.PREFERRED && voicepack.modelId().equals(modelId)) {
        throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, "CUDA out of memory");
      }
      return loader.load(voicepack, placement);
    };
  }

  void free() {
    full = false;
  }
}
