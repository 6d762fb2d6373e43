package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// English front end in pure Java: American `en-us` and British `en-gb`. Its phonemes are those of
/// the hibari and Kokoro voices, one character each. Thread-safe.
public final class EnglishFrontEnd implements FrontEnd {
  /// Its name.
  public static final String NAME = "english";

  private final Supplier<EnglishData> source;
  private final Map<Accent, GraphemeToPhoneme> opened = new EnumMap<>(Accent.class);
  private Optional<EnglishData> data = Optional.empty();

  /// A front end whose data are there.
  ///
  /// @param data what it needs, as installed with a voice
  public EnglishFrontEnd(EnglishData data) {
    this(() -> data);
  }

  private EnglishFrontEnd(Supplier<EnglishData> source) {
    this.source = source;
  }

  /// A front end whose data may be installed later: the file is looked for when a variety is
  /// opened, which fails as [EnglishData#open] as long as it is not there.
  ///
  /// @param file as [EnglishData#compile] writes it
  public static EnglishFrontEnd at(Path file) {
    return new EnglishFrontEnd(() -> EnglishData.open(file));
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
      GraphemeToPhoneme known = opened.get(accent);
      if (known != null) {
        return known;
      }
      EnglishData own = data.orElseGet(source);
      GraphemeToPhoneme made = new EnglishG2p(own.load(accent));
      data = Optional.of(own);
      opened.put(accent, made);
      return made;
    }
  }
}
