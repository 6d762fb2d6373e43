package dev.ttsworker;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.runtime.CancellationToken;
import dev.ttsworker.engine.synthesis.FrameSink;
import dev.ttsworker.engine.synthesis.PhraseReuse;
import dev.ttsworker.engine.synthesis.SpeechOrder;
import dev.ttsworker.engine.synthesis.SpeechSummary;
import dev.ttsworker.engine.synthesis.TextEvent;
import dev.ttsworker.engine.synthesis.TextSource;
import dev.ttsworker.engine.synthesis.TextStyle;
import dev.ttsworker.engine.synthesis.WordTiming;
import dev.ttsworker.engine.text.markup.Lexicon;
import dev.ttsworker.engine.voice.Voice;
import dev.ttsworker.engine.voice.VoiceLoader;
import dev.ttsworker.engine.voice.VoiceSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.session.LexiconCheck;
import dev.ttsworker.session.SessionOptions;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voices.InstalledModels;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
  /// @param lexicon entries as a session gives them; blank for none
  /// @param options further ones of a session, which are not among the above
  public record Request(
      String text,
      String modelId,
      double speed,
      long seed,
      String lexicon,
      Map<String, String> options) {
    public Request {
      options = Map.copyOf(options);
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
      Lexicons.check(lexicon);
    }

    /// All options, as in StartSession.
    public Map<String, String> allOptions() {
      Map<String, String> all = new HashMap<>(options);
      all.put("speed", Double.toString(speed));
      all.put("seed", Long.toString(seed));
      if (!lexicon.isBlank()) {
        all.put("lexicon", lexicon);
      }
      return all;
    }
  }

  /// Speaks on the calling thread.
  ///
  /// @param frames takes frames of 1920 bytes as they are made
  /// @param warnings told of phonemes that the voice leaves out
  /// @throws WorkerException when the voice is not there or cannot speak
  public SpeechSummary speak(Request request, Consumer<byte[]> frames, Consumer<String> warnings) {
    Lexicon lexicon = Lexicons.read(request.lexicon());
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
      LexiconCheck.require(lexicon, voice, Lexicons.OPTION);
      TextStyle configured = Styles.of(config.text());
      LexiconCheck.missing(configured.lexicon().symbols(), voice)
          .ifPresent(symbols ->
              warnings.accept("text.lexicon_file has phonemes that the voice lacks: " + symbols));
      SessionOptions options =
          SessionOptions.read(
              request.allOptions(),
              voice.description(),
              config.synthesis().maxLead(),
              configured.under(lexicon));
      return engine
          .synthesizer()
          .speak(
              new SpeechOrder(
                  voice,
                  options.voice(),
                  request.seed(),
                  options.volumeDb(),
                  options.style(),
                  options.words(),
                  PhraseReuse.NONE),
              once(request.text()),
              new UnboundedSink(frames, warnings),
              new CancellationToken());
    }
  }

  /// Says of a word that phonemes of its author's were left out.
  public static String unknown(String word, List<String> symbols) {
    return "\"%s\": the voice does not have %s, left out"
        .formatted(
            word, symbols.stream().map(LexiconCheck::shown).collect(Collectors.joining(", ")));
  }

  private static TextSource once(String text) {
    Iterator<String> pieces = List.of(text).iterator();
    return _ -> pieces.hasNext() ? new TextEvent.Piece(pieces.next()) : new TextEvent.End();
  }

  /// Takes everything at once: nobody listens in real time.
  private record UnboundedSink(Consumer<byte[]> frames, Consumer<String> warnings)
      implements FrameSink {
    @Override
    public void awaitRoom() {}

    @Override
    public void announce(List<WordTiming> words) {
      for (WordTiming word : words) {
        if (!word.unknownPhonemes().isEmpty()) {
          warnings.accept(unknown(word.text(), word.unknownPhonemes()));
        }
      }
    }

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
