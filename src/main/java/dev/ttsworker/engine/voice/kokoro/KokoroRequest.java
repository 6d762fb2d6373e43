package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import java.util.List;

/// One sentence as a Kokoro voice takes it.
///
/// @param sentence what is said
/// @param shares of the speakers, at least one
/// @param speed above 0; 2 is twice as fast
/// @param pauses that are added at its marks
record KokoroRequest(
    SentenceIds sentence, List<SpeakerShare> shares, float speed, AddedSamples pauses) {
  KokoroRequest {
    shares = List.copyOf(shares);
    if (!(speed > 0) || shares.isEmpty()) {
      throw new IllegalArgumentException("speed " + speed + ", shares " + shares);
    }
  }
}
