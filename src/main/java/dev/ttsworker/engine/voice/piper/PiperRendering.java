package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceRendering;
import java.util.SplittableRandom;

/// Rendering of a segment by a Piper voice.
final class PiperRendering {
  private PiperRendering() {}

  /// How all sentences of a segment are spoken.
  record Scales(
      float noiseScale, float lengthScale, float noiseW, int speaker, AddedSamples pauses) {}

  /// @param seed of the random numbers of all sentences
  static Rendering of(
      PiperGraphs graphs,
      PiperFrontend reader,
      String text,
      WordTimingRequest asked,
      Scales scales,
      long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    return new SentenceRendering(
        reader.reader(),
        reader::unknownPhonemes,
        sentence ->
            graphs.begin(
                new SentenceRequest(
                    sentence,
                    scales.noiseScale(),
                    scales.lengthScale(),
                    scales.noiseW(),
                    scales.speaker(),
                    scales.pauses(),
                    seeds.nextLong())),
        text,
        asked);
  }
}
