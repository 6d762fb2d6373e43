package dev.ttsworker.cli;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.session.SessionOptions;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Synthesis of one whole text in this process, as fast as it goes.
///
/// @param seed the same one says it the same way
record WholeText(String text, SessionOptions options, long seed) {
  /// Speaks on the calling thread.
  ///
  /// @param output takes frames as they are made
  /// @param warnings gets a warning for each word of which the voice leaves phonemes out
  /// @throws dev.ttsworker.error.WorkerException when the voice cannot speak
  SynthesisSummary speak(Voice voice, SpeechOutput output, Consumer<String> warnings) {
    return voice.synthesize(
        new SynthesisRequest(
            options.voice(),
            seed,
            options.volumeDb(),
            options.text(),
            options.words(),
            PhraseReuse.NONE,
            options.format()),
        once(text),
        new UnboundedSink(options.format(), output, warnings),
        new CancellationToken());
  }

  private static TextSource once(String text) {
    Iterator<String> pieces = List.of(text).iterator();
    return _ -> pieces.hasNext() ? new TextEvent.Piece(pieces.next()) : new TextEvent.End();
  }

  /// Takes everything at once: nobody listens in real time.
  private record UnboundedSink(AudioFormat format, SpeechOutput output, Consumer<String> warnings)
      implements AudioSink {
    @Override
    public void awaitRoom() {}

    @Override
    public void announceWords(List<WordTiming> words) {
      for (WordTiming word : words) {
        if (!word.unknownPhonemes().isEmpty()) {
          warnings.accept(ExplainedSentence.unknownPhonemes(word.text(), word.unknownPhonemes()));
        }
      }
    }

    @Override
    public void writeFrames(List<byte[]> made) {
      made.forEach(frame -> output.write(format, frame));
    }

    @Override
    public long deadlineNanos() {
      return 0;
    }

    @Override
    public OptionalLong leadNanos() {
      return OptionalLong.empty();
    }
  }
}
