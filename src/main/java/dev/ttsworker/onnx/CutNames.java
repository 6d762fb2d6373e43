package dev.ttsworker.onnx;

import java.util.List;
import java.util.Optional;

/// The names of the tensors that the three stages of a cut voice take and give.
///
/// Shapes: P phonemes, F frames, C latent channels; one sentence at a time.
///
/// @param phonemes text input, int64 `[1,P]`
/// @param lengths text input, int64 `[1]` = P
/// @param scales text input, float `[3]` = noise_scale, length_scale, noise_w
/// @param speaker text input, int64 `[1]`, of voices with several speakers
/// @param durationNoise text input, float `[1,2,P]` standard normal; absent when durations have no
///   noise
/// @param mean text output, float `[1,C,P]`
/// @param logScale text output, float `[1,C,P]`
/// @param durations text output, float `[1,1,P]`, whole frames
/// @param noisyLatent flow input, float `[1,C,F]` = mean + noise · exp(logScale) · noise_scale
/// @param mask flow input, float `[1,1,F]` of ones, when the flow reads one
/// @param latent flow output and decoder input, float `[1,C,F]`
/// @param audio decoder output, float, hop · F samples
/// @param flowConditions text outputs that the flow takes as they are, such as the speaker
/// @param decoderConditions text outputs that the decoder takes as they are
public record CutNames(
    String phonemes,
    String lengths,
    String scales,
    Optional<String> speaker,
    Optional<String> durationNoise,
    String mean,
    String logScale,
    String durations,
    String noisyLatent,
    Optional<String> mask,
    String latent,
    String audio,
    List<String> flowConditions,
    List<String> decoderConditions) {
  public CutNames {
    flowConditions = List.copyOf(flowConditions);
    decoderConditions = List.copyOf(decoderConditions);
  }
}
