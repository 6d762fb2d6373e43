package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import java.util.EnumMap;
import java.util.Map;

/// English front end in pure Java: American `en-us` and British `en-gb`. Its phonemes are those of
/// the hibari and Kokoro voices, one character each. Thread-safe.
public final class EnglishFrontEnd implements FrontEnd {
  /// Its name.
  public static final String NAME = "english";

  private final EnglishData data;
  private final Map<Accent, GraphemeToPhoneme> opened = new EnumMap<>(Accent.class);

  /// @param data what it needs, as installed with a voice
  public EnglishFrontEnd(EnglishData data) {
    this.data = data;
  }

  @Override
  public String name() {
    return NAME;
  }

  /// As [FrontEnd#open]. The first call for a variety reads some megabytes, which all others share.
  @Override
  public GraphemeToPhoneme open(String variety) {
    Accent accent = Accent.of(variety);
    synchronized (opened) {
      return opened.computeIfAbsent(accent, needed -> new EnglishG2p(data.load(needed)));
    }
  }
}
