package dev.ttsworker.engine;

import java.util.List;
import java.util.function.Consumer;

/// Text analysis for people: what becomes of a text on its way to a voice. Nothing is synthesised,
/// and no voice is loaded. Not thread-safe.
public interface TextExplainer extends AutoCloseable {
  /// Starts the front end; the caller closes it.
  ///
  /// @param warnings gets one for markup that is ignored, and of phonemes that the voice leaves out
  /// @throws dev.ttsworker.error.WorkerException when the voicepack cannot be read or the front end
  ///   not be started
  static TextExplainer open(
      EngineOptions options, ExplainRequest request, Consumer<String> warnings) {
    return EngineProvider.find().openExplainer(options, request, warnings);
  }

  /// The sentences of a whole text.
  ///
  /// @throws dev.ttsworker.error.WorkerException when the text cannot be spoken
  List<ExplainedSentence> explain(String text);

  @Override
  void close();
}
