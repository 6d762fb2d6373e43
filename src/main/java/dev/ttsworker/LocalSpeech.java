package dev.ttsworker;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.model.InstalledModels;
import dev.ttsworker.synthesis.FrameSink;
import dev.ttsworker.synthesis.Repeats;
import dev.ttsworker.synthesis.SpeechOrder;
import dev.ttsworker.synthesis.SpeechSummary;
import dev.ttsworker.synthesis.TextEvent;
import dev.ttsworker.synthesis.TextSource;
import dev.ttsworker.synthesis.WordDetail;
import dev.ttsworker.voice.Voice;
import dev.ttsworker.voice.VoiceLoader;
import dev.ttsworker.voice.VoiceSettings;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks one text in this process, without a server.
public final class LocalSpeech {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSpeech.class);

  private final WorkerConfig config;
  private final Installation installation;

  public LocalSpeech(WorkerConfig config, Installation installation) {
    this.config = config;
    this.installation = installation;
  }

  /// What to say and how.
  ///
  /// @param modelId as clients write it: an id, an alias, a family, or empty for the default model
  /// @param speed 0.5..2.0
  /// @param seed the same one says it the same way
  public record Request(String text, String modelId, double speed, long seed) {
    public Request {
      if (!(speed >= VoiceSettings.SLOWEST && speed <= VoiceSettings.FASTEST)) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD,
            "speed is "
                + speed
                + "; allowed: "
                + VoiceSettings.SLOWEST
                + " to "
                + VoiceSettings.FASTEST);
      }
    }
  }

  /// Speaks on the calling thread.
  ///
  /// @param frames takes frames of 1920 bytes as they are made
  /// @throws WorkerException when the voice is not there or cannot speak
  public SpeechSummary speak(Request request, Consumer<byte[]> frames) {
    VoicepackStore store = new VoicepackStore(config.models().voicepackRoot());
    Voicepack voicepack =
        new InstalledModels(config.models(), store::scan).voicepack(request.modelId());
    try (Engine engine =
            new Engine(
                config,
                installation,
                new WorkerMetrics(new PrometheusRegistry()),
                EngineDesign.PRODUCT,
                UnaryOperator.identity());
        Voice voice = engine.loader().load(voicepack, VoiceLoader.Placement.PREFERRED)) {
      DeviceLog.tell(LOG, engine.device());
      VoiceSettings settings =
          new VoiceSettings(
              request.speed(), OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
      return engine
          .synthesizer()
          .speak(
              new SpeechOrder(
                  voice,
                  settings,
                  request.seed(),
                  0,
                  Styles.of(config.text()),
                  WordDetail.NOTHING,
                  Repeats.NONE),
              once(request.text()),
              new UnboundedSink(frames),
              new CancelSignal());
    }
  }

  private static TextSource once(String text) {
    Iterator<String> pieces = List.of(text).iterator();
    return _ -> pieces.hasNext() ? new TextEvent.Piece(pieces.next()) : new TextEvent.End();
  }

  /// Takes everything at once: nobody listens in real time.
  private record UnboundedSink(Consumer<byte[]> frames) implements FrameSink {
    @Override
    public void awaitRoom() {}

    @Override
    public void accept(List<byte[]> made) {
      made.forEach(frames);
    }

    @Override
    public long deadlineNanos() {
      return 0;
    }

    @Override
    public OptionalLong leadNanos() {
      return OptionalLong.empty();
    }
  }
}
