package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.voice.Pace;

/// Audio of one sentence, step by step. Not thread-safe.
public interface SentenceSound {
  boolean isFinished();

  /// As [dev.ttsworker.engine.voice.Rendering#latestStage].
  SynthesisStage latestStage();

  /// How many of the sentence's phoneme numbers have a known time, counted from the front; no sound
  /// of the others has been made yet.
  int knownIds();

  /// Samples of the sentence before one of its phoneme numbers; the number of all of them stands
  /// for its end. To be asked once there are samples. Beyond [#knownIds] an estimate.
  long border(int id);

  /// Whether the borders of known numbers are the voice's own, rather than an estimate.
  boolean hasExactBorders();

  /// Whether more of the text can be read now, so that more numbers are known.
  boolean canReadOn();

  /// Reads more of the text, where [#canReadOn]; makes no sound.
  ///
  /// @throws dev.ttsworker.error.WorkerException as [#step]
  void readOn(Pace pace, CancellationToken cancel);

  /// As [dev.ttsworker.engine.voice.Rendering#step].
  float[] step(Pace pace, CancellationToken cancel);
}
