package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackFormat;
import java.util.List;
import java.util.Optional;

/// Voice family: all that differs from one kind of voice to another. A family is one package with
/// an implementation of this, and a line among the services of [VoicepackFormat].
public interface VoiceFamily extends VoicepackFormat {
  /// Loads, checks and calibrates a voice; takes seconds. The caller closes it.
  ///
  /// @param voicepack one of this family
  /// @param services closed by others
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED` or `INVALID_VOICEPACK`, naming
  ///   the file and the reason
  VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services);

  /// The front end of a voice, without loading it; empty when the family has no phonemes.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK`
  default Optional<FrontEndUse> frontEnd(Voicepack voicepack, FrontEnds frontEnds) {
    return Optional.empty();
  }

  /// A front end, and which of its phonemes a voice takes.
  ///
  /// @param unknown as [VoiceModel#unknownPhonemes]
  record FrontEndUse(GraphemeToPhoneme g2p, UnknownPhonemes unknown) {}

  /// Finds the symbols of IPA that a voice has no id for.
  @FunctionalInterface
  interface UnknownPhonemes {
    List<String> of(String ipa);
  }
}
