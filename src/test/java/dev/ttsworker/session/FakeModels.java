package dev.ttsworker.session;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.voices.ModelStatus;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceLease;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/// One voice that throws the exception named by its text, and counts its leases.
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
  private record FakeVoice() implements Voice {
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
    public List<String> phonemes() {
      return List.of();
    }

    @Override
    public List<String> unknownPhonemes(String ipa) {
      return List.of();
    }

    @Override
    public OptionalDouble loudnessLufs() {
      return OptionalDouble.empty();
    }

    @Override
    public SynthesisSummary synthesize(
        SynthesisRequest request, TextSource text, AudioSink sink, CancellationToken cancel) {
      TextEvent event = text.next(false);
      while (event instanceof TextEvent.Piece(String piece)) {
        switch (piece) {
          case "error" -> throw new StackOverflowError("deep");
          case "exception" -> throw new IllegalStateException("broken");
          default -> sink.awaitRoom();
        }
        event = text.next(false);
      }
      return SynthesisSummary.NOTHING;
    }

    @Override
    public double warmUp(String text, CancellationToken cancel) {
      return 0;
    }

    @Override
    public void calibrateCost(double computingSeconds, double audioSeconds) {}

    @Override
    public void close() {}
  }
}
