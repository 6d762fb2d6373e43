package dev.ttsworker;

import dev.ttsworker.engine.EngineFactory;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.assembly.LocalEngineProvider;
import dev.ttsworker.engine.assembly.LocalSpeechEngine;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.voice.VoiceFamily;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Opens the real engine in surroundings that may fail, and remembers its runtime.
final class TestEngine implements EngineFactory {
  private final UnaryOperator<InferenceRuntime> around;
  private final List<VoiceFamily> families;
  private volatile @Nullable InferenceRuntime runtime;

  /// With nothing that fails.
  TestEngine() {
    this(UnaryOperator.identity(), LocalEngineProvider.families());
  }

  private TestEngine(UnaryOperator<InferenceRuntime> around, List<VoiceFamily> families) {
    this.around = around;
    this.families = families;
  }

  /// @param around wraps what graphs run on
  static TestEngine onRuntime(UnaryOperator<InferenceRuntime> around) {
    return new TestEngine(around, LocalEngineProvider.families());
  }

  /// @param around wraps the voice families
  static TestEngine withFamilies(UnaryOperator<VoiceFamily> around) {
    return new TestEngine(
        UnaryOperator.identity(), LocalEngineProvider.families().stream().map(around).toList());
  }

  @Override
  public SpeechEngine open(EngineOptions options, EngineObserver observer) {
    return LocalSpeechEngine.open(options, observer, this::remember, families);
  }

  private InferenceRuntime remember(InferenceRuntime real) {
    InferenceRuntime made = around.apply(real);
    runtime = made;
    return made;
  }

  /// What graphs run on.
  InferenceRuntime runtime() {
    return Objects.requireNonNull(runtime);
  }
}
