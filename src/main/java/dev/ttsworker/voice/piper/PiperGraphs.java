package dev.ttsworker.voice.piper;

/// The graphs of a loaded voice. Thread-safe; closing waits for nobody, running work ends first.
sealed interface PiperGraphs extends AutoCloseable permits StagedGraphs, WholeGraph {
  SentenceSound begin(SentenceOrder order);

  /// Whether sound leaves before a sentence is wholly computed.
  boolean streams();

  @Override
  void close();
}
