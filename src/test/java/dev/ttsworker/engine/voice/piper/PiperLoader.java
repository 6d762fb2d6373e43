package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.LetterFrontEnd;
import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.engine.g2p.Pronouncer;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;

/// Loads Piper voices for tests.
///
/// @param espeak takes the place of eSpeak NG
/// @param streaming whether voices stream within sentences
record PiperLoader(PiperFixture fixture, FrontEnd espeak, boolean streaming) {
  /// A front end that takes the text for phonemes, one sentence per line.
  static final FrontEnd LINES = frontEnd(text -> text.lines().toList());

  /// One in the place of eSpeak NG.
  static FrontEnd frontEnd(Phonemizer phonemizer) {
    return new FrontEnd() {
      @Override
      public String name() {
        return "espeak";
      }

      @Override
      public GraphemeToPhoneme open(String variety) {
        return new Pronouncer(phonemizer);
      }
    };
  }

  VoiceModel load(Voicepack pack, Placement placement) {
    return new PiperFamily().load(pack, placement, services());
  }

  private VoiceServices services() {
    return new VoiceServices(
        fixture.runtime,
        fixture.accelerators,
        new FrontEnds(List.of(espeak, new LetterFrontEnd())),
        streaming,
        fixture.cache,
        fixture.level,
        new EngineObserver() {
          @Override
          public void unknownPhonemes(int count) {
            fixture.unknown.addAndGet(count);
          }
        });
  }
}
