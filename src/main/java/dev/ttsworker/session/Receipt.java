package dev.ttsworker.session;

/// Delivery receipt: what of a call had left when it was paused or stopped.
///
/// @param samples at the call's rate, those of the final frame and its padding included
/// @param lastWord the last word that is complete in them; empty when there is none
/// @param sourceEnd offset in code points just past that word in the call's whole text, 0 without
/// @param contextEnd offset just past it and the punctuation that touches it, 0 without
public record Receipt(long samples, String lastWord, long sourceEnd, long contextEnd) {
  public Receipt {
    if (samples < 0 || sourceEnd < 0) {
      throw new IllegalArgumentException(samples + " samples, text to " + sourceEnd);
    }
  }
}
