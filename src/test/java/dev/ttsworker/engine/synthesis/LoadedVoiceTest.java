package dev.ttsworker.engine.synthesis;

import static dev.ttsworker.engine.synthesis.ScriptedVoice.sound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.TextSource;
import dev.ttsworker.engine.VoiceDescription.Input;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadedVoiceTest {
  private final Scheduler scheduler =
      new Scheduler(SchedulingOrder.EARLIEST_DEADLINE_FIRST, 1, Thread.ofPlatform().factory());
  private TextOptions style = TextOptions.AS_WRITTEN;
  private WordDetail words = WordDetail.WORDS;
  private final RecordingSink sink = new RecordingSink();
  private final RecordingCounts counts = new RecordingCounts();
  private final SynthesisServices services =
      new SynthesisServices(scheduler, new CostMeter(), PhraseCache.off(), false, counts);

  private LoadedVoice loaded(ScriptedVoice model) {
    return new LoadedVoice(model, services);
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void sentencesAreSpokenWhateverThePieces() {
    ScriptedVoice whole = sentences();
    speak(whole, 1, pieces("One two. Three four! Five"));
    assertEquals(List.of("One two.", "Three four!", "Five"), whole.texts);
    ScriptedVoice cut = sentences();
    speak(cut, 1, pieces("One t", "wo", ". ", "Three four! F", "ive"));
    assertEquals(whole.texts, cut.texts);
    assertEquals(whole.numbers, cut.numbers, "noise depends on the pieces");
    assertEquals(whole.windows, cut.windows);
  }

  @Test
  void sentenceIsHeardBeforeTheTextEnds() {
    List<Integer> heard = new ArrayList<>();
    Iterator<String> pieces = List.of("One two. ", "Three four. ", "Five").iterator();
    speak(
        sentences(),
        1,
        _ -> {
          heard.add(sink.frames.size());
          return pieces.hasNext() ? new TextEvent.Piece(pieces.next()) : new TextEvent.End();
        });
    assertEquals(0, heard.getFirst());
    assertEquals(true, heard.get(2) > 0, heard::toString);
    assertEquals(sink.frames.size(), counts.frames.get());
  }

  @Test
  void whatIsHeldIsSpokenWhenNoMoreTextComes() {
    Iterator<TextEvent> events =
        List.<TextEvent>of(
                new TextEvent.Piece("One. Dr"),
                new TextEvent.Quiet(),
                new TextEvent.Piece(" Smith"),
                new TextEvent.Piece(" came. "),
                new TextEvent.Piece("\""),
                new TextEvent.Piece("So"),
                new TextEvent.End())
            .iterator();
    List<Boolean> holding = new ArrayList<>();
    ScriptedVoice voice = sentences();
    speak(
        voice,
        1,
        holds -> {
          holding.add(holds);
          return events.next();
        });
    assertEquals(List.of("One.", "Dr", "Smith came.", "\"So"), voice.texts);
    assertEquals(List.of(false, true, false, true, false, false, true), holding);
    ScriptedVoice chunks = new ScriptedVoice(Input.CHUNK, List.of(sound(0.5, 960)));
    speak(chunks, 1, holds -> holds ? new TextEvent.Quiet() : new TextEvent.End());
    assertEquals(List.of(), chunks.texts);
  }

  @Test
  void chunkVoicesSpeakPieces() {
    ScriptedVoice voice = new ScriptedVoice(Input.CHUNK, List.of(sound(0.5, 960)));
    assertEquals(2, speak(voice, 1, pieces("One. Two", " ", " three")).frames());
    assertEquals(List.of("One. Two", " three"), voice.texts);
  }

  @Test
  void blankTextIsNoAudioAndWordlessTextIsSilence() {
    assertEquals(0, speak(sentences(), 1, pieces("", " \n")).frames());
    assertEquals(0, speak(sentences(), 1, pieces()).frames());
    assertEquals(1, speak(sentences(), 1, pieces("?!")).frames());
  }

  @Test
  void textIsWrittenOutUnlessSwitchedOff() {
    ScriptedVoice asWritten = sentences();
    speak(asWritten, 1, pieces("It costs $4.50 👍. 😀 Then"));
    assertEquals(List.of("It costs $4.50 👍.", "😀 Then"), asWritten.texts);
    style = new TextOptions(true, false, true, Lexicon.EMPTY);
    ScriptedVoice normalized = sentences();
    speak(normalized, 1, pieces("It costs $4.", "50 👍. 😀 Then. 👍"));
    assertEquals(List.of("It costs four dollars and fifty cents.", "Then."), normalized.texts);
    style = new TextOptions(true, true, true, Lexicon.EMPTY);
    ScriptedVoice emoji = sentences();
    speak(emoji, 1, pieces("👍"));
    assertEquals(List.of("thumbs up sign"), emoji.texts);
    ScriptedVoice chunks = new ScriptedVoice(Input.CHUNK, List.of(sound(0.5, 960)));
    speak(chunks, 1, pieces("$4"));
    assertEquals(List.of("$4"), chunks.texts);
  }

  @Test
  void marksAndLexiconSayHow() {
    ScriptedVoice voice = sentences();
    style = new TextOptions(true, false, true, LexiconReader.text("nginx=engine x", "test"));
    words = WordDetail.NOTHING;
    speak(voice, 1, pieces("Say [to", "mato](/təˈmɑːtəʊ/) on nginx."));
    assertEquals(List.of("Say tomato on engine x."), voice.texts);
    assertEquals(List.of("təˈmɑːtəʊ"), voice.sounds);
    assertEquals(Map.of(), sink.words, "nobody asked for words");
    style = new TextOptions(true, false, false, Lexicon.EMPTY);
    ScriptedVoice plain = sentences();
    speak(plain, 1, pieces("<break/>"));
    assertEquals(List.of("<break/>"), plain.texts);
  }

  @Test
  void wordsKeepTheirPlaceAmongMarks() {
    style = new TextOptions(true, false, true, Lexicon.EMPTY);
    speak(sentences(), 1, pieces("[Oh](/oʊ/) [pause:1s] $1!"));
    List<String> places = new ArrayList<>();
    sink.words
        .keySet()
        .forEach(word ->
            places.add(
                word.text()
                    + " "
                    + word.sourceStart()
                    + "-"
                    + word.sourceEnd()
                    + " "
                    + word.start()));
    int later = 600 + 48_000;
    assertEquals(
        List.of("Oh 0-10 0", "one 22-24 " + later, "dollar 22-24 " + (later + 100)), places);
  }

  @Test
  void pausesAreSilentAndProsodyIsHeard() {
    style = new TextOptions(false, false, true, Lexicon.EMPTY);
    ScriptedVoice voice = sentences();
    speak(
        voice,
        1,
        pieces("One [pause:1s] two <prosody rate=\"4\" volume=\"-6dB\">three</prosody> four"));
    assertEquals(List.of("One", "two", "three", "four"), voice.texts);
    assertEquals(List.of(1.0, 1.0, 2.0, 1.0), voice.speeds);
    short[] samples = sink.samples();
    int loud = samples[300];
    assertTrue(loud > 0);
    int second = 600 + 48_000;
    assertEquals(0, samples[600 + 24_000]);
    assertEquals(loud, samples[second + 300]);
    assertEquals(loud / 1.995, samples[second + 600 + 300], loud * 0.01);
    assertEquals(loud, samples[second + 2 * 600 + 300]);
  }

  @Test
  void noiseComesFromTheSeed() {
    ScriptedVoice first = sentences();
    ScriptedVoice again = sentences();
    ScriptedVoice other = sentences();
    speak(first, 7, pieces("One. Two."));
    speak(again, 7, pieces("One. Two."));
    speak(other, 8, pieces("One. Two."));
    assertEquals(first.numbers, again.numbers);
    assertNotEquals(first.numbers, other.numbers);
    assertNotEquals(first.numbers.get(0), first.numbers.get(1));
  }

  @Test
  void failureOfAnyKindDeliversWhatWasMade() {
    for (ErrorCode code : List.of(ErrorCode.INFERENCE_FAILED, ErrorCode.INTERNAL)) {
      sink.frames.clear();
      WorkerException broken = new WorkerException(code, "broken");
      ScriptedVoice voice =
          new ScriptedVoice(
              Input.SENTENCE,
              List.of(
                  sound(0.25, 1_500),
                  () -> {
                    throw broken;
                  }));
      assertSame(
          broken,
          assertThrows(WorkerException.class, () -> speak(voice, 1, pieces("One. Two. Three"))));
      assertEquals(2, sink.frames.size());
      assertEquals(List.of("One."), voice.texts);
    }
  }

  @Test
  void textThatFailsDeliversWhatWasMade() {
    Iterator<String> pieces = List.of("One. ", "Two. ", "Three").iterator();
    TextSource source =
        _ -> {
          if (!pieces.hasNext()) {
            throw new IllegalStateException("no text");
          }
          return new TextEvent.Piece(pieces.next());
        };
    assertThrows(IllegalStateException.class, () -> speak(sentences(), 1, source));
    assertEquals(2, sink.frames.size());
    assertEquals(8_192, sink.samples()[1_199]);
  }

  @Test
  void cancelledCallStops() {
    CancellationToken cancel = new CancellationToken();
    cancel.cancel();
    ScriptedVoice voice = sentences();
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> loaded(voice).synthesize(order(1), pieces("One. Two."), sink, cancel));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    assertEquals(List.of(), sink.frames);
  }

  private static ScriptedVoice sentences() {
    return new ScriptedVoice(Input.SENTENCE, List.of(sound(0.25, 600)));
  }

  private static TextSource pieces(String... pieces) {
    Iterator<String> left = List.of(pieces).iterator();
    return _ -> left.hasNext() ? new TextEvent.Piece(left.next()) : new TextEvent.End();
  }

  private SynthesisRequest order(long seed) {
    return new SynthesisRequest(
        VoiceSettings.DEFAULTS, seed, 0, style, words, PhraseReuse.NONE, AudioFormat.DEFAULT);
  }

  private SynthesisSummary speak(ScriptedVoice voice, long seed, TextSource text) {
    return loaded(voice).synthesize(order(seed), text, sink, new CancellationToken());
  }
}
