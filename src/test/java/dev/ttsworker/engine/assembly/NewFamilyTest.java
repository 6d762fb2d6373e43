package dev.ttsworker.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A voice family and a front end that the engine has never seen, made outside of it, speak through
/// its door.
final class NewFamilyTest {
  @TempDir Path folder;

  @Test
  void newFamilySpeaksThroughTheDoor() {
    BeepFamily family = new BeepFamily();
    try (SpeechEngine engine = open(family);
        Voice voice = engine.load(family.builtIn().getFirst(), Placement.CPU)) {
      Recording sink = new Recording();
      SynthesisSummary summary =
          voice.synthesize(request(), once("SOS see."), sink, new CancellationToken());
      // "...---... " and "..... ", 10 ms each, in frames of 20 ms.
      assertEquals(8, summary.frames());
      assertEquals(8, sink.frames);
      assertEquals(List.of("SOS 0-4320", "see 4800-7200"), sink.words);
    }
  }

  @Test
  void unknownFamilyIsNamedWithTheKnownOnes() {
    try (SpeechEngine engine = open(new BeepFamily())) {
      Voicepack other = new Voicepack("bark-x", "bark", Optional.empty(), List.of(), Map.of());
      WorkerException thrown =
          assertThrows(WorkerException.class, () -> engine.load(other, Placement.CPU));
      assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
      assertTrue(thrown.getMessage().contains("\"bark\""), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("[beep]"), thrown.getMessage());
    }
  }

  private SpeechEngine open(BeepFamily family) {
    return LocalSpeechEngine.open(
        TestOptions.onCpu(folder),
        EngineObserver.NONE,
        Function.identity(),
        List.of(family),
        List.of(new MorseFrontEnd()));
  }

  private static SynthesisRequest request() {
    return new SynthesisRequest(
        VoiceSettings.DEFAULTS,
        1,
        0,
        TextOptions.AS_WRITTEN,
        WordDetail.WORDS,
        PhraseReuse.NONE,
        AudioFormat.DEFAULT);
  }

  private static dev.ttsworker.engine.TextSource once(String text) {
    Iterator<String> pieces = List.of(text).iterator();
    return _ -> pieces.hasNext() ? new TextEvent.Piece(pieces.next()) : new TextEvent.End();
  }

  private static final class Recording implements AudioSink {
    private final List<String> words = new ArrayList<>();
    private int frames;

    @Override
    public void awaitRoom() {}

    @Override
    public void writeFrames(List<byte[]> made) {
      frames += made.size();
    }

    @Override
    public void announceWords(List<WordTiming> announced) {
      announced.forEach(word -> words.add(word.text() + " " + word.start() + "-" + word.end()));
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
