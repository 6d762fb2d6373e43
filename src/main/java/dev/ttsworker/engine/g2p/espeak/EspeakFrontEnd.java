package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.Pronouncer;

/// eSpeak NG front end. Varieties are its voices.
///
/// @param pool owned by the caller
public record EspeakFrontEnd(EspeakPool pool) implements FrontEnd {
  @Override
  public String name() {
    return FrontEnds.ESPEAK;
  }

  @Override
  public GraphemeToPhoneme open(String variety) {
    return new Pronouncer(pool.forVoice(variety));
  }
}
