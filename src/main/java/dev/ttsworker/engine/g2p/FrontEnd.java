package dev.ttsworker.engine.g2p;

/// Front end: a G2P implementation. Each is a package with an implementation of this interface, and
/// a line in the engine's assembly.
public interface FrontEnd {
  /// Its name, such as `espeak`.
  String name();

  /// Opens a language variety; cheap, not closed.
  ///
  /// @param variety as the front end names them, such as `en-us`
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK` when there is none
  GraphemeToPhoneme open(String variety);
}
