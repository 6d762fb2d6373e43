package dev.ttsworker.engine;

import java.util.List;
import java.util.OptionalDouble;

/// Loaded voice. Thread-safe: many calls speak with it at once. Whoever loaded it closes it, once
/// no call uses it any more.
public interface Voice extends AutoCloseable {
  VoiceDescription description();

  /// The phonemes that authored IPA may have; none of a voice that IPA means nothing to.
  List<String> phonemes();

  /// Symbols of authored IPA that this voice leaves out, since it has no id for them or they are no
  /// phonemes. Each once, in order; none of a voice that IPA means nothing to.
  List<String> unknownPhonemes(String ipa);

  /// Loudness of its output by BS.1770 in LUFS, as measured when it was loaded; empty when that was
  /// not done.
  OptionalDouble loudnessLufs();

  /// Synthesises the text of one call until it ends, on the calling thread, which waits while the
  /// inference threads compute. Audio leaves as soon as the first window of the first sentence is
  /// computed. When it fails, the sink gets what was made before.
  ///
  /// @param cancel ends the call early
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED` once cancelled,
  ///   `INFERENCE_FAILED`, and what source and sink throw
  SynthesisSummary synthesize(
      SynthesisRequest request, TextSource text, AudioSink sink, CancellationToken cancel);

  /// Synthesises a text on the calling thread and drops the audio, so that the first caller does
  /// not pay for lazy set-up.
  ///
  /// @return seconds of audio
  /// @throws dev.ttsworker.error.WorkerException as [#synthesize]
  double warmUp(String text, CancellationToken cancel);

  /// Notes what a second of this voice's audio costs, before anything was synthesised for calls.
  ///
  /// @param computingSeconds of an inference thread
  /// @param audioSeconds more than 0
  void calibrateCost(double computingSeconds, double audioSeconds);

  /// Frees native memory. Idempotent.
  @Override
  void close();
}
