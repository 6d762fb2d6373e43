package dev.ttsworker.engine.voice.piper;

import java.util.List;
import java.util.Map;

/// Configuration of a Piper voice, its `*.onnx.json`, with Piper's defaults for missing fields.
///
/// @param sampleRateHz native rate of the voice
/// @param quality such as `medium`; empty when unknown
/// @param espeakVoice eSpeak NG voice name, such as `en-us`
/// @param languageCode such as `en_US`; empty when unknown
/// @param phonemeType how text becomes phonemes
/// @param speakerCount at least 1
/// @param speakers speaker name to number; empty for a single speaker
/// @param noiseScale variation of the sound, default 0.667
/// @param lengthScale default duration factor, 1 = as trained
/// @param noiseW variation of the timing, default 0.8
/// @param phonemeIds phoneme to the ids it is fed as
/// @param phonemeMap replacements applied to phonemes before the look-up
/// @param hopLength samples per decoder frame, default 256
public record PiperConfig(
    int sampleRateHz,
    String quality,
    String espeakVoice,
    String languageCode,
    PhonemeType phonemeType,
    int speakerCount,
    Map<String, Integer> speakers,
    float noiseScale,
    float lengthScale,
    float noiseW,
    Map<String, List<Integer>> phonemeIds,
    Map<String, List<String>> phonemeMap,
    int hopLength) {

  /// How a voice was trained to read.
  public enum PhonemeType {
    /// Phonemes of eSpeak NG.
    ESPEAK,
    /// The code points of the text itself.
    TEXT
  }

  public PiperConfig {
    speakers = Map.copyOf(speakers);
    phonemeIds = Map.copyOf(phonemeIds);
    phonemeMap = Map.copyOf(phonemeMap);
  }
}
