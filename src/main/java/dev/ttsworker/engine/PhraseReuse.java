package dev.ttsworker.engine;

/// Which earlier take of a phrase will do for a call.
public enum PhraseReuse {
  /// None: everything is spoken anew.
  NONE,
  /// One that the same random numbers made, so that nobody hears a difference.
  SAME_SEED,
  /// Any, since the call's random numbers are nobody's choice.
  ANY_SEED
}
