package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import java.util.Map;

/// Front end in the place of eSpeak NG's: the English front end reads American and British English,
/// in eSpeak NG's spelling; the other one reads all else. Thread-safe.
public final class EspeakCompatibleFrontEnd implements FrontEnd {
  /// eSpeak NG's names of the varieties that the English front end reads; `en` is British there.
  private static final Map<String, Accent> ENGLISH =
      Map.of(
          "en-us",
          Accent.AMERICAN,
          "en",
          Accent.BRITISH,
          "en-gb",
          Accent.BRITISH,
          "en-gb-x-rp",
          Accent.BRITISH);

  private final FrontEnd english;
  private final FrontEnd others;

  /// @param others takes the names of eSpeak NG; opened for other languages alone
  public EspeakCompatibleFrontEnd(EnglishFrontEnd english, FrontEnd others) {
    this.english = english;
    this.others = others;
  }

  @Override
  public String name() {
    return others.name();
  }

  @Override
  public GraphemeToPhoneme open(String variety) {
    Accent accent = ENGLISH.get(variety);
    return accent == null
        ? others.open(variety)
        : new EspeakAlphabet(english.open(accent.variety()), accent.variety());
  }
}
