package dev.ttsworker;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;

/// An accelerator without room for one model, until it is freed.
final class FullDevice {
  private final String modelId;
  private volatile boolean full = true;

  FullDevice(String modelId) {
    this.modelId = modelId;
  }

  /// A family that fails as the runtime does where there is no room.
  VoiceFamily around(VoiceFamily family) {
    return new VoiceFamily() {
      @Override
      public String name() {
        return family.name();
      }

      @Override
      public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
        if (full && placement == Placement.PREFERRED && voicepack.modelId().equals(modelId)) {
          throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, "CUDA out of memory");
        }
        return family.load(voicepack, placement, services);
      }
    };
  }

  void free() {
    full = false;
  }
}
