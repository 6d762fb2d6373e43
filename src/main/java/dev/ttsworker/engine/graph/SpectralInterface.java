package dev.ttsworker.engine.graph;

import java.util.List;

/// Tensor names at the interfaces of a partitioned spectral voice.
///
/// Shapes: L phoneme numbers, F frames, n columns of a window, B bins; batch size 1.
///
/// @param phonemes text input, int64 `[1,L]`
/// @param speed text input, float `[1]`, which durations are divided by
/// @param durations text output, float, L whole numbers, of which each is two frames
/// @param pitch text output, float `[1,F]`, in Hz
/// @param decoderInput text output and decoder input, float `[1,rows,n]`
/// @param rows of the decoder input; the last one is the logarithm of the energy
/// @param contextFrames that the decoder needs on each side of a frame
/// @param edgeFrames of them those of one convolution
/// @param carriedRows rows of the columns that windows carry on, `[1,carriedRows,2·edgeFrames]`
/// @param quantized tensors of the decoder whose ranges [SpectralGraphs#writeDecoder] takes
public record SpectralInterface(
    String phonemes,
    String speed,
    String durations,
    String pitch,
    String decoderInput,
    int rows,
    int contextFrames,
    int edgeFrames,
    int carriedRows,
    List<String> quantized) {
  /// Decoder input: the columns carried from the window before; `edgeFrames` of zeros at the start.
  public static final String CARRIED = "tts-worker/carried";

  /// Decoder output: the columns for the next window.
  public static final String CARRIED_ON = "tts-worker/carried-on";

  /// Decoder input, int64 `[6]`: zeros, the last one [#edgeFrames] at the end of the sentence.
  public static final String PADS = "tts-worker/pads";

  /// Decoder outputs, float `[1,n,B]`: the filter of the harmonic source, real and imaginary part,
  /// the magnitude of the noise, and what is added, real and imaginary part.
  public static final List<String> SPECTRUM =
      List.of(
          "tts-worker/harmonic-re",
          "tts-worker/harmonic-im",
          "tts-worker/noise",
          "tts-worker/free-re",
          "tts-worker/free-im");

  /// Input of the decoder for accelerators, float `[N,1,n]` for N windows: 1 for columns, 0 for
  /// padding.
  public static final String MASK = "tts-worker/mask";

  /// Output of the decoder for accelerators, float `[N,5·B,n]`: the parts of [#SPECTRUM].
  public static final String SPECTRA = "tts-worker/spectra";

  public SpectralInterface {
    quantized = List.copyOf(quantized);
  }

  /// Output of the range graph with the smallest value of a quantized tensor.
  public static String smallest(String tensor) {
    return tensor + "/smallest";
  }

  /// Output of the range graph with the largest value of a quantized tensor.
  public static String largest(String tensor) {
    return tensor + "/largest";
  }
}
