package dev.ttsworker.engine.graph;

import java.util.List;
import java.util.Optional;

/// Tensor names at the interfaces of a partitioned voice.
///
/// Shapes: P phonemes, F frames, C latent channels, K feature channels, R feature frames per frame;
/// batch size 1.
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
/// @param priorSample flow input z_p, float `[1,C,F]` = mean + noise · exp(logScale) · noise_scale
/// @param mask flow input, float `[1,1,F]` of ones, when the flow reads one
/// @param latent flow output and head input, float `[1,C,F]`
/// @param features head output and tail input, float `[1,K,R·F]`
/// @param audio tail output, float, hop · F samples
/// @param flowConditions text outputs that the flow takes unchanged, such as the speaker
/// @param headConditions text outputs that the head takes unchanged
/// @param tailConditions text outputs that the tail takes unchanged
/// @param contextFrames context of windows on each side
public record PartitionInterface(
    String phonemes,
    String lengths,
    String scales,
    Optional<String> speaker,
    Optional<String> durationNoise,
    String mean,
    String logScale,
    String durations,
    String priorSample,
    Optional<String> mask,
    String latent,
    String features,
    String audio,
    List<String> flowConditions,
    List<String> headConditions,
    List<String> tailConditions,
    ContextFrames contextFrames) {
  public PartitionInterface {
    flowConditions = List.copyOf(flowConditions);
    headConditions = List.copyOf(headConditions);
    tailConditions = List.copyOf(tailConditions);
  }

  /// Context frames: input frames of a stage that a window needs on each side so that its own
  /// frames are exact.
  ///
  /// @param flow prior sample frames
  /// @param head latent frames
  /// @param tail feature frames
  /// @param featuresPerFrame R
  /// @param samplesPerFrame hop
  public record ContextFrames(
      int flow, int head, int tail, int featuresPerFrame, int samplesPerFrame) {
    public ContextFrames {
      if (flow < 0 || head < 0 || tail < 0 || featuresPerFrame < 1 || samplesPerFrame < 1) {
        throw new IllegalArgumentException(
            "contextFrames %d, %d, %d, features per frame %d, samples per frame %d"
                .formatted(flow, head, tail, featuresPerFrame, samplesPerFrame));
      }
    }
  }
}
