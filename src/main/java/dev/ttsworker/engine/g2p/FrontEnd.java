package dev.ttsworker.engine.g2p;

/// Front end: a way to turn text into phonemes. One is a package with an implementation of this,
/// and a line where the engine is put together.
public interface FrontEnd {
  /// Its name, such as `espeak`.
  String name();

  /// Opens a language and variety of it; cheap, not closed.
  ///
  /// @param variety as the front end names them, such as `en-us`
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK` when there is none
  GraphemeToPhoneme open(String variety);

  /// The variety for a language tag.
  ///
  /// @param languageTag BCP 47, such as `en-GB`
  default String variety(String languageTag) {
    return languageTag;
  }
}
