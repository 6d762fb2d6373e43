package dev.ttsworker.engine;

import dev.ttsworker.config.EngineSettings;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// Service provider interface behind [SpeechEngine#open] and [TextExplainer#open]: puts them
/// together from the packages below.
public interface EngineProvider extends EngineFactory {
  /// As [SpeechEngine#check].
  void check(EngineSettings settings);

  /// As [TextExplainer#open].
  TextExplainer openExplainer(
      EngineOptions options, ExplainRequest request, Consumer<String> warnings);

  /// The provider of this build.
  static EngineProvider find() {
    return ServiceLoader.load(EngineProvider.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("This build has no speech engine"));
  }
}
