package dev.ttsworker.session;

import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceLease;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// One voice that throws whatever it is told to, and counts its leases.
final class FakeModels implements Models {
  final AtomicInteger leases = new AtomicInteger();

  @Override
  public VoiceLease acquire(String modelId) {
    leases.incrementAndGet();
    return new VoiceLease() {
      private boolean closed;

      @Override
      public Voice voice() {
        return new FakeVoice();
      }

      @Override
      public String modelId() {
        return "fake";
      }

      @Override
      public String note() {
        return "";
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          leases.decrementAndGet();
        }
      }
    };
  }

  @Override
  public String load(String modelId, boolean preloadOnly) {
    return modelId;
  }

  @Override
  public String unload(String modelId) {
    return modelId;
  }

  @Override
  public String reload() {
    return "";
  }

  @Override
  public List<ModelStatus> list() {
    return List.of();
  }

  @Override
  public List<String> resident() {
    return List.of();
  }

  /// Its text is what happens: "error" and "exception" are thrown.
  private static final class FakeVoice implements Voice {
    @Override
    public VoiceDescription description() {
      return new VoiceDescription(
          "fake",
          "fake",
          48_000,
          List.of("en"),
          Map.of(),
          1,
          VoiceDescription.Input.CHUNK,
          "cpu",
          true);
    }

    @Override
    public Rendering render(
        String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
      return switch (text) {
        case "error" -> throw new StackOverflowError("deep");
        case "exception" -> throw new IllegalStateException("broken");
        default -> Rendering.NOTHING;
      };
    }

    @Override
    public double gainDb() {
      return 0;
    }

    @Override
    public OptionalDouble loudnessLufs(boolean normalized) {
      return OptionalDouble.empty();
    }

    @Override
    public void close() {}
  }
}
