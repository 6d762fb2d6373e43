package dev.ttsworker.engine;

/// Phrase reuse: which earlier audio of a phrase a call may get.
public enum PhraseReuse {
  /// None: everything is synthesised.
  NONE,
  /// One that the same random numbers made, so that there is no audible difference.
  SAME_SEED,
  /// Any, since the call's random numbers are nobody's choice.
  ANY_SEED
}
