package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.PhonemeTiming;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.WordTiming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Marks in texts and lexicons against a real worker with the tiny voice.
final class MarkupIT {
  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    Path lexicon = folder.resolve("words.yaml");
    Files.writeString(lexicon, "GIF: /dʒɪf/\nnginx: engine x\nQwik: /kwнɪk/\n");
    worker =
        TestWorker.start(folder, "text:\n  max_wait_ms: 0\n  lexicon_file: " + lexicon + "\n")
            .await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static List<AudioFrame> say(Map<String, String> options, String... pieces)
      throws InterruptedException {
    Map<String, String> all = new HashMap<>(Map.of("seed", "7", "words", "phonemes"));
    all.putAll(options);
    worker.session("markup", "", all);
    SpokenCall call = worker.call();
    for (String piece : pieces) {
      call.send("markup", piece);
    }
    call.endInput();
    return call.frames();
  }

  private static List<WordTiming> words(List<AudioFrame> frames) {
    return frames.stream().flatMap(frame -> frame.getWordsList().stream()).toList();
  }

  /// Words with their phonemes and places.
  private static String shown(List<AudioFrame> frames) {
    return words(frames).stream()
        .map(word ->
            word.getText()
                + " "
                + word.getPhonemesList().stream()
                    .map(PhonemeTiming::getText)
                    .collect(Collectors.joining())
                + " "
                + word.getSourceStart()
                + "-"
                + word.getSourceEnd())
        .collect(Collectors.joining(" | "));
  }

  @Test
  void wordsAreSaidAsTheirAuthorSays() throws Exception {
    assertEquals(
        "Say sˈeɪ 0-3 | tomato təˈmɑːtəʊ 4-25 | and ænd 26-29 | x ˈɛks 30-38",
        shown(say(Map.of(), "Say [tom", "ato](/təˈmɑːtəʊ/) and [[ˈɛks]]."))
            .replace("ˈɛks ˈɛks", "x ˈɛks"));
    assertEquals(
        "A ɐ 0-1 | GIF dʒɪf 2-5 | on ˌɔn 6-8 | engine ˈɛndʒɪn 9-14 | x ˈɛks 9-14",
        shown(say(Map.of(), "A GIF on nginx.")));
    assertEquals(
        "A ɐ 0-1 | GIF ɡɪf 2-5 | on ˌɔn 6-8 | engine ˈɛndʒɪn 9-14 | x ˈɛks 9-14",
        shown(say(Map.of("lexicon", "GIF=/ɡɪf/"), "A GIF on nginx.")));
  }

  @Test
  void aLexiconWithPhonemesThatTheVoiceLacksIsRefused() {
    StartSessionResponse refused =
        worker
            .stub()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setSessionId("lacks")
                    .putOptions("lexicon", "Qwik=/kwнɪk/; GIF=/dʒɪf/")
                    .build());
    assertFalse(refused.getSuccess());
    assertTrue(
        refused.getMessage().contains("options.lexicon has the phonemes н (U+043D) of \"Qwik\""),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("; allowed: "), refused.getMessage());
    assertTrue(refused.getMessage().length() < 1000, refused.getMessage());
  }

  @Test
  void symbolsOfTheWorkersLexiconThatTheVoiceLacksAreReported() throws Exception {
    List<WordTiming> words = words(say(Map.of(), "A Qwik test."));
    assertEquals(List.of("н"), words.get(1).getUnknownPhonemesList());
    assertEquals(List.of(), words.get(2).getUnknownPhonemesList());
  }

  @Test
  void symbolsOfMarksThatTheVoiceLacksAreReported() throws Exception {
    List<WordTiming> words = words(say(Map.of(), "Say [Nvidia](/ˈɛnн=3vɪdiə/), t [[ t͡ʃɪgʤ ]]."));
    assertEquals(List.of("=", "3", "н"), words.get(1).getUnknownPhonemesList());
    assertEquals(
        "ˈɛnvɪdiə",
        words.get(1).getPhonemesList().stream()
            .map(PhonemeTiming::getText)
            .collect(Collectors.joining()));
    assertEquals(List.of(), words.get(0).getUnknownPhonemesList());
    assertEquals(List.of(), words.get(3).getUnknownPhonemesList());
  }

  @Test
  void keysOfSeveralWordsAreSaidAsTheirLexiconSays() throws Exception {
    assertEquals(
        "Drink dɹˈɪŋk 0-5 | Coca Cola kˈoʊk 6-15 | or ɔːɹ 16-18 | AT&T tˈiː 19-23",
        shown(say(Map.of("lexicon", "Coca Cola=/kˈoʊk/;AT&T=/tˈiː/"), "Drink Coca Cola or AT&T.")));
  }

  @Test
  void pausesAreExact() throws Exception {
    List<AudioFrame> plain = say(Map.of(), "Hello. There.");
    List<AudioFrame> paused = say(Map.of(), "Hello. [pause:500ms] There.");
    assertEquals(plain.size() + 25, paused.size());
    List<WordTiming> before = words(plain);
    List<WordTiming> after = words(paused);
    assertEquals(before.getFirst().getStartMs(), after.getFirst().getStartMs());
    assertEquals(before.getLast().getStartMs() + 500, after.getLast().getStartMs(), 1);
  }

  @Test
  void ratesAndVolumesAreHeard() throws Exception {
    int plain = say(Map.of(), "Hello there.").size();
    int slow = say(Map.of(), "<prosody rate=\"50%\">Hello there.</prosody>").size();
    int session = say(Map.of("speed", "0.5"), "Hello there.").size();
    assertEquals(session, slow);
    assertTrue(slow > 1.7 * plain, slow + " and " + plain);
    double loud = loudness(say(Map.of(), "Hello there."));
    double soft = loudness(say(Map.of(), "<prosody volume='-12dB'>Hello there.</prosody>"));
    assertEquals(12, loud - soft, 0.5);
  }

  private static double loudness(List<AudioFrame> frames) {
    double sum = 0;
    long count = 0;
    for (AudioFrame frame : frames) {
      java.nio.ByteBuffer pcm =
          frame.getAudioData().asReadOnlyByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN);
      while (pcm.remaining() >= 2) {
        double sample = pcm.getShort();
        sum += sample * sample;
        count++;
      }
    }
    return 10 * Math.log10(sum / count);
  }

  @Test
  void aDocumentIsSpokenWhateverItsPieces() throws Exception {
    String document =
        "<speak><p>Pay <say-as interpret-as=\"digits\">42</say-as> to &lt;me&gt;.</p>"
            + "<break time=\"100ms\"/><sub alias=\"and so on\">etc.</sub></speak>";
    String[] letters = document.split("");
    String whole = shown(say(Map.of(), document));
    assertEquals(whole, shown(say(Map.of(), letters)));
    assertEquals(
        List.of("Pay", "four", "two", "to", "me", "and", "so", "on"),
        words(say(Map.of(), document)).stream().map(WordTiming::getText).toList());
  }

  @Test
  void switchedOffMarksAreText() throws Exception {
    List<String> said = new ArrayList<>();
    for (WordTiming word : words(say(Map.of("markup", "off"), "Go [pause:1s] on <break/>."))) {
      said.add(word.getText());
    }
    assertTrue(
        said.contains("pause") || said.stream().anyMatch(w -> w.startsWith("pause")),
        said::toString);
    assertTrue(said.stream().anyMatch(word -> word.contains("break")), said::toString);
  }
}
