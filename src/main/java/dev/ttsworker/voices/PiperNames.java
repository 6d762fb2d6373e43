package dev.ttsworker.voices;

import dev.ttsworker.voicepack.ModelIds;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of voices as clients of Piper's servers write them: those of [VoiceNames], and Piper's
/// own, such as `en_US-joe-medium`, which is the voice `piper-en-us-joe-medium` where that is
/// installed. Thread-safe.
public final class PiperNames {
  private static final Pattern PIPER_VOICES =
      Pattern.compile("[a-z]{2,3}_[a-z]{2}-[a-z0-9_]+-(x_low|low|medium|high)");

  private final VoiceNames names;

  /// @param field names the name in messages
  /// @param foreignVoices whether the default voice speaks for voices of Piper that are not
  ///   installed
  public PiperNames(Models models, String field, boolean foreignVoices) {
    names = new VoiceNames(models, field, Optional.of(PIPER_VOICES).filter(_ -> foreignVoices));
  }

  /// Finds out what a client means.
  ///
  /// @param name empty for any voice of the language
  /// @param language as in [VoiceNames#resolve]
  /// @throws dev.ttsworker.error.WorkerException `INVALID_FIELD` naming the voice or language and
  ///   what is installed
  public VoiceNames.Meaning resolve(String name, String language) {
    String id = ModelIds.normalise(name);
    if (PIPER_VOICES.matcher(id).matches()) {
      String own = "piper-" + id.replaceFirst("_", "-");
      if (names.isInstalled(own)) {
        return names.resolve(own, language);
      }
    }
    return names.resolve(name, language);
  }
}
