package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.sentence.SentenceSound;

/// Graphs of a loaded voice. Thread-safe; closing waits for nobody, running work ends first.
sealed interface PiperGraphs extends AutoCloseable permits PartitionedModel, WholeGraph {
  SentenceSound begin(SentenceRequest order);

  /// Whether sound leaves before a sentence is wholly computed.
  boolean streams();

  @Override
  void close();
}
