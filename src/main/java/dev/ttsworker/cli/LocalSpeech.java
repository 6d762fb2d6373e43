package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.LexiconValidator;
import dev.ttsworker.session.SessionOptions;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voices.InstalledModels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Local synthesis: speaks one text in this process, without a server.
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
  /// @param output takes frames as they are made
  /// @param warnings gets a warning for each word of which the voice leaves phonemes out
  /// @throws WorkerException when the voice is not there or cannot speak
  public SynthesisSummary speak(Request request, SpeechOutput output, Consumer<String> warnings) {
    Lexicon lexicon = Lexicons.read(request.lexicon());
    Voicepack voicepack = voicepack(request.modelId());
    EngineOptions engineOptions = EngineOptions.of(config, installation);
    try (SpeechEngine engine = SpeechEngine.open(engineOptions, EngineObserver.NONE);
        Voice voice = engine.load(voicepack, VoiceLoader.Placement.PREFERRED)) {
      engine.device().logTo(LOG);
      LexiconValidator.require(lexicon, voice, Lexicons.OPTION);
      TextOptions configured = TextOptions.of(config.text());
      LexiconValidator.missing(configured.lexicon().symbols(), voice)
          .ifPresent(symbols ->
              warnings.accept("text.lexicon_file has phonemes that the voice lacks: " + symbols));
      SessionOptions options =
          SessionOptions.read(
              request.allOptions(),
              voice.description(),
              config.synthesis().maxLead(),
              configured.under(lexicon));
      return new WholeText(request.text(), options, request.seed()).speak(voice, output, warnings);
    }
  }

  private Voicepack voicepack(String asked) {
    ModelSettings settings = config.models();
    VoicepackStore store = new VoicepackStore(settings.voicepackRoot(), installation.ownVoices());
    try {
      return new InstalledModels(settings, store::scan).voicepack(asked);
    } catch (WorkerException e) {
      String id = asked.isBlank() ? settings.defaultModelId() : asked;
      String meant = settings.aliases().getOrDefault(id, id);
      Catalogue catalogue =
          Catalogue.find(settings.voicepackRoot(), installation.home(), settings.piperMirror());
      if (e.code() != ErrorCode.MODEL_NOT_FOUND || !catalogue.contains(meant)) {
        throw e;
      }
      throw new WorkerException(
          e.code(), e.getMessage() + "; `tts-worker voices install " + meant + "` installs it", e);
    }
  }
}
