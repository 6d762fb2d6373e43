package dev.ttsworker.engine.graph;

/// Tensor names of a graph that says a whole sentence in the style of a speaker.
///
/// @param phonemes input, int64 `[1, L]`
/// @param style input, float32 `[1, 256]`
/// @param speed input, float32 `[1]`
/// @param audio output, float32, the samples in its last dimension
public record StyleInterface(String phonemes, String style, String speed, String audio) {
  /// Output of the graphs that [StyleGraph#write] makes: float32, a duration for each phoneme
  /// number.
  public static final String DURATIONS = "tts-worker/durations";
}
