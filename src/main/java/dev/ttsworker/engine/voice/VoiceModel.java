package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// A loaded model of a voice family. Thread-safe: many calls render at once.
///
/// Rendering is plain computation on the calling thread, meant for the inference threads; nothing
/// here waits for other calls. Whoever loaded the voice closes it, once nobody renders any more.
public interface VoiceModel extends AutoCloseable {
  VoiceDescription description();

  /// Begins to render one segment of text. Cheap: the work happens in [Rendering#step].
  ///
  /// @param text the segment's wording, at least one letter or digit for a spoken family
  /// @param asked its words, whose timings [Rendering#takeWords] then gives as far as the voice can
  /// @param noise the call's random numbers; the same state, text and settings give the same
  ///   samples
  Rendering render(
      String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise);

  /// Symbols of authored IPA that this voice leaves out, since it has no id for them or they are no
  /// phonemes; none of a voice that IPA means nothing to. Each once, in order.
  default List<String> unknownPhonemes(String ipa) {
    return List.of();
  }

  /// The phonemes that it can be given; none of a voice that IPA means nothing to.
  default List<String> phonemes() {
    return List.of();
  }

  /// The same without times of words.
  default Rendering render(String text, VoiceSettings settings, RandomGenerator noise) {
    return render(text, WordTimingRequest.NONE, settings, noise);
  }

  /// Level of its speech, measured when it was loaded; empty when it is silent or that was not
  /// done.
  default Optional<Level> level() {
    return Optional.empty();
  }

  /// The constant gain in decibels that brings this voice to the configured loudness; 0 without a
  /// level.
  default double gainDb() {
    return level().map(Level::gainDb).orElse(0.0);
  }

  /// Loudness of its speech by BS.1770 in LUFS; empty without a level.
  ///
  /// @param normalized with [#gainDb], else by itself
  default OptionalDouble loudnessLufs(boolean normalized) {
    return level().stream()
        .mapToDouble(normalized ? Level::reachedLufs : Level::rawLufs)
        .findFirst();
  }

  /// Frees native memory. Idempotent.
  @Override
  void close();
}
