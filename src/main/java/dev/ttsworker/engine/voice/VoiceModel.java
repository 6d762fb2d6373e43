package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import java.util.List;
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

  /// The constant gain in decibels that brings this voice to the configured loudness; measured once
  /// when the voice is loaded.
  double gainDb();

  /// Loudness of its speech by BS.1770 in LUFS, as measured when it was loaded; empty when that was
  /// not done.
  ///
  /// @param normalized with [#gainDb], else by itself
  default OptionalDouble loudnessLufs(boolean normalized) {
    return OptionalDouble.empty();
  }

  /// Frees native memory. Idempotent.
  @Override
  void close();
}
