package dev.ttsworker.engine.assembly;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.EngineProvider;
import dev.ttsworker.engine.ExplainRequest;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.TextExplainer;
import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.LetterFrontEnd;
import dev.ttsworker.engine.g2p.english.EnglishFrontEnd;
import dev.ttsworker.engine.g2p.english.EspeakCompatibleFrontEnd;
import dev.ttsworker.engine.g2p.espeak.EspeakFrontEnd;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.runtime.ExternalRuntime;
import dev.ttsworker.engine.synthesis.FrontendExplainer;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceFamily.FrontEndUse;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.VoicepackFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Provider of the engine of this process, with the voice families and front ends of this build.
public final class LocalEngineProvider implements EngineProvider {
  private static final String AMERICAN = "en-US";
  private static final String BRITISH_ESPEAK = "en-gb-x-rp";
  private static final String AMERICAN_ESPEAK = "en-us";

  /// The voice families of this build.
  public static List<VoiceFamily> families() {
    return VoicepackFormats.all().stream()
        .filter(VoiceFamily.class::isInstance)
        .map(VoiceFamily.class::cast)
        .toList();
  }

  /// The front ends; a new one is a line here.
  ///
  /// @param espeak owned by the caller
  /// @param further of the caller's
  static FrontEnds frontEnds(EngineOptions options, EspeakFrontEnd espeak, List<FrontEnd> further) {
    EnglishFrontEnd english =
        EnglishFrontEnd.at(
            DataFormats.file(options.folders().languageData(), EnglishFrontEnd.NAME));
    List<FrontEnd> all = new ArrayList<>(further);
    all.add(english);
    all.add(
        switch (options.synthesis().phonemes()) {
          case ESPEAK -> espeak;
          case BUILTIN -> new EspeakCompatibleFrontEnd(english, espeak);
        });
    all.add(new LetterFrontEnd());
    return new FrontEnds(all);
  }

  @Override
  public SpeechEngine open(EngineOptions options, EngineObserver observer) {
    return LocalSpeechEngine.open(options, observer);
  }

  @Override
  public void check(EngineSettings settings) {
    settings.nativePath().map(ExternalRuntime::use).ifPresent(ExternalRuntime::close);
  }

  @Override
  public TextExplainer openExplainer(
      EngineOptions options, ExplainRequest request, Consumer<String> warnings) {
    EspeakFrontEnd espeak =
        new EspeakFrontEnd(
            () -> new EspeakPool(options.folders().natives(), 1, Threads.platform("espeak-")));
    try {
      return new FrontendExplainer(
          request.text(),
          request.languages(),
          frontEnd(request, frontEnds(options, espeak, List.of())),
          warnings,
          espeak::close);
    } catch (WorkerException e) {
      espeak.close();
      throw e;
    }
  }

  private static FrontEndUse frontEnd(ExplainRequest request, FrontEnds frontEnds) {
    return request
        .voicepack()
        .flatMap(voicepack ->
            families().stream()
                .filter(family -> family.family().equals(voicepack.family()))
                .findFirst()
                .flatMap(family -> family.frontEnd(voicepack, frontEnds)))
        .orElseGet(() -> espeak(request.languages(), frontEnds));
  }

  private static FrontEndUse espeak(List<String> languages, FrontEnds frontEnds) {
    String language = languages.isEmpty() ? AMERICAN : languages.getFirst();
    String tag = language.toLowerCase(Locale.ROOT);
    String variety =
        switch (tag) {
          case "en", "en-us" -> AMERICAN_ESPEAK;
          case "en-gb" -> BRITISH_ESPEAK;
          case "es-mx" -> "es-419";
          // The varieties that eSpeak NG knows, as far as a locale of text may name them.
          case "es-419", "pt-br", "fr-be", "fr-ch" -> tag;
          default -> tag.replaceFirst("-.*", "");
        };
    return new FrontEndUse(frontEnds.get(FrontEnds.ESPEAK).open(variety), _ -> List.of());
  }
}
