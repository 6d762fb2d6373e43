package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.SpeakerShare;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Speakers of a Kokoro voice, in memory: their languages and styles. Immutable.
final class KokoroSpeakers {
  private final List<String> names;
  private final List<float[]> styles;

  private KokoroSpeakers(List<String> names, List<float[]> styles) {
    this.names = names;
    this.styles = styles;
  }

  /// Reads them all.
  ///
  /// @param voice the voice's folder
  static KokoroSpeakers read(Path voice) {
    List<String> names = SpeakerFiles.names(voice);
    List<float[]> styles = new ArrayList<>();
    for (String name : names) {
      styles.add(SpeakerFiles.styles(voice, name));
    }
    return new KokoroSpeakers(names, styles);
  }

  int count() {
    return names.size();
  }

  /// Names and numbers.
  Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }

  KokoroLanguage language(int speaker) {
    return KokoroLanguage.of(names.get(speaker)).orElseThrow();
  }

  /// BCP 47 tags of each speaker.
  Map<Integer, List<String>> languages() {
    Map<Integer, List<String>> languages = new LinkedHashMap<>();
    for (int speaker = 0; speaker < names.size(); speaker++) {
      languages.put(speaker, language(speaker).tags());
    }
    return languages;
  }

  /// The style of a sentence, mixed of those of several speakers.
  ///
  /// @param shares at least one
  /// @param phonemes of the sentence, without the marks at its ends
  float[] style(List<SpeakerShare> shares, int phonemes) {
    float[] mixed = new float[SpeakerFiles.WIDTH];
    for (SpeakerShare share : shares) {
      float[] all = styles.get(share.speaker());
      int row = Math.clamp(phonemes, 0, all.length / mixed.length - 1);
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += (float) share.weight() * all[row * mixed.length + i];
      }
    }
    return mixed;
  }
}
