package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.CallReceipt;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlResponse;
import dev.ttsworker.proto.PhonemeTiming;
import dev.ttsworker.proto.WordTiming;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times of words and receipts against a real worker with the tiny voice.
final class WordsIT {
  private static final String TEXT =
      "🙂 At the end of the day, Dr. Smith paid $4.50 – for 42 apples! Was it “much”?  No.\n\nSo be it";
  private static final String LONG =
      "At the end of the day, it was not to be, and 42 of us went home. ".repeat(100);

  /// Frames leave as fast as they are made.
  private static final Map<String, String> FAST =
      Map.of("seed", "7", "max_lead_ms", "600000", "normalize", "off");

  private static final int INTERRUPTIONS = 60;

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void wordsCoverTheTextInOrderAndEndWithTheAudio() throws Exception {
    worker.session("cover", "", FAST);
    List<AudioFrame> frames = say("cover", TEXT);
    List<WordTiming> words = words(frames);
    int[] codePoints = TEXT.codePoints().toArray();
    StringBuilder covered = new StringBuilder();
    long source = 0;
    int time = 0;
    for (WordTiming word : words) {
      assertTrue(word.getSourceStart() >= source, words::toString);
      assertTrue(word.getStartMs() >= time, words::toString);
      assertTrue(word.getEndMs() >= word.getStartMs(), words::toString);
      assertTrue(word.getFinal());
      int from = (int) word.getSourceStart();
      int length = (int) word.getSourceEnd() - from;
      assertEquals(new String(codePoints, from, length), word.getText());
      int covers = (int) word.getContextEnd() - (int) source;
      covered.append(new String(codePoints, (int) source, covers));
      source = word.getContextEnd();
      time = word.getEndMs();
    }
    assertEquals(TEXT, covered.toString(), "context ends part the text without a gap");
    assertEquals("much", words.get(words.size() - 5).getText());
    assertTrue(time <= 20 * frames.size(), time + " ms of " + frames.size() + " frames");
  }

  @Test
  void wordsComeBeforeTheirSoundAndWithTheirSentence() throws Exception {
    worker.session("before", "", FAST);
    List<AudioFrame> frames = say("before", TEXT);
    List<Integer> carriers = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      for (WordTiming word : frames.get(i).getWordsList()) {
        assertTrue(word.getStartMs() >= 20 * i, "frame " + i + ": " + word);
      }
      if (frames.get(i).getWordsCount() > 0) {
        carriers.add(frames.get(i).getWordsCount());
      }
    }
    assertEquals(0, frames.getFirst().getSequenceNumber() - 1);
    assertTrue(frames.getFirst().getWordsCount() > 0);
    assertTrue(carriers.size() >= 4 && carriers.size() <= 6, carriers::toString);
  }

  @Test
  void sameWordsHoweverTheTextIsCutAndOtherTimesWithAnotherSeed() throws Exception {
    worker.session("cuts", "", FAST);
    worker.session("other", "", Map.of("seed", "8", "max_lead_ms", "600000", "normalize", "off"));
    List<WordTiming> whole = words(say("cuts", TEXT));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      String[] pieces = TEXT.split("(?<=[^.!?”])(?=[a-z $])");
      for (int i = pieces.length - 1; i > 0; i--) {
        if (random.nextBoolean()) {
          pieces[i - 1] += pieces[i];
          pieces[i] = "";
        }
      }
      assertEquals(whole, words(say("cuts", pieces)), "seed " + seed);
    }
    assertNotEquals(whole, words(say("other", TEXT)));
  }

  @Test
  void sessionsThatSwitchThemOffAndTonesHaveNone() throws Exception {
    worker.session("off", "", Map.of("words", "off", "max_lead_ms", "600000"));
    worker.session("tone", "mock", FAST);
    assertEquals(List.of(), words(say("off", TEXT)));
    assertEquals(List.of(), words(say("tone", TEXT)));
  }

  @Test
  void phonemesComeWhenAskedFor() throws Exception {
    worker.session("phonemes", "", Map.of("seed", "7", "words", "phonemes", "normalize", "off"));
    List<WordTiming> words = words(say("phonemes", "Of the day."));
    assertEquals(
        "ʌ v ð ə d ˈe ɪ",
        words.stream()
            .flatMap(word -> word.getPhonemesList().stream())
            .map(PhonemeTiming::getText)
            .collect(Collectors.joining(" ")));
    assertEquals(words.getFirst().getStartMs(), words.getFirst().getPhonemes(0).getStartMs());
    worker.session("none", "", FAST);
    assertEquals(0, words(say("none", "Of the day.")).getFirst().getPhonemesCount());
  }

  @Test
  void receiptsAreWhatTheClientGot() throws Exception {
    worker.session("receipts", "", Map.of("normalize", "off"));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int checked = 0;
    int withWord = 0;
    while (checked < INTERRUPTIONS) {
      SpokenCall call = worker.call();
      call.send("receipts", LONG);
      List<AudioFrame> got = new ArrayList<>();
      boolean running = true;
      // A command that overtakes its call finds none running.
      hear(call, 1, got);
      while (running) {
        hear(call, random.nextInt(60), got);
        running = random.nextInt(3) > 0;
        ControlCommand command = running ? ControlCommand.PAUSE : ControlCommand.STOP;
        ControlResponse answer = worker.control("receipts", command);
        assertEquals(1, answer.getReceiptsCount(), "seed " + seed);
        hear(call, running ? call.pending() : Integer.MAX_VALUE, got);
        withWord += check(answer.getReceipts(0), got, "seed " + seed + ", " + command);
        checked++;
        assertEquals(0, worker.control("receipts", ControlCommand.RESUME).getReceiptsCount());
      }
      worker.awaitStreams(0);
    }
    System.out.printf("receipts: %d interruptions, %d with a word, all right%n", checked, withWord);
    assertTrue(withWord > INTERRUPTIONS / 2, withWord + " with a word");
  }

  /// @return 1 when a word was delivered
  private static int check(CallReceipt receipt, List<AudioFrame> got, String about) {
    int bytes = got.stream().mapToInt(frame -> frame.getAudioData().size()).sum();
    assertEquals(receipt.getSamples(), bytes / 2, about);
    WordTiming last = WordTiming.getDefaultInstance();
    for (WordTiming word : words(got)) {
      if (word.getEndMs() > word.getStartMs() && word.getEndMs() <= bytes / 2 / 48) {
        last = word;
      }
    }
    assertEquals(last.getText(), receipt.getLastWord(), about);
    assertEquals(last.getSourceEnd(), receipt.getSourceEnd(), about);
    return last.getText().isEmpty() ? 0 : 1;
  }

  @Test
  void eachRunningCallHasItsReceiptTheOldestFirst() throws Exception {
    worker.session("two", "", Map.of("normalize", "off"));
    assertEquals(0, worker.control("two", ControlCommand.STOP).getReceiptsCount());
    SpokenCall first = worker.call();
    first.send("two", LONG);
    List<AudioFrame> gotFirst = new ArrayList<>();
    hear(first, 30, gotFirst);
    SpokenCall second = worker.call();
    second.send("two", LONG);
    List<AudioFrame> gotSecond = new ArrayList<>();
    hear(second, 1, gotSecond);
    ControlResponse answer = worker.control("two", ControlCommand.STOP);
    hear(first, Integer.MAX_VALUE, gotFirst);
    hear(second, Integer.MAX_VALUE, gotSecond);
    assertEquals(2, answer.getReceiptsCount());
    int _ = check(answer.getReceipts(0), gotFirst, "first");
    int _ = check(answer.getReceipts(1), gotSecond, "second");
  }

  @Test
  void exampleClientPrintsWordsAndWhatWasHeard() throws Exception {
    Path python = Path.of("target/python/bin/python").toAbsolutePath();
    assumeTrue(Files.isExecutable(python), "no Python with grpcio; .ci/run makes one");
    String said = example(python, "Hello, dear listener.");
    assertTrue(
        Pattern.compile("(?s)0-5  Hello\n.*7-11  dear\n.*12-20  listener\n.*, 3 words")
            .matcher(said)
            .find(),
        said);
    String documented = Files.readString(Path.of("docs/timing.md"));
    String text = "Hello, dear listener, how are you today?";
    assertTrue(documented.contains("examples/words.py --stop-after 1.2 \"" + text + "\""));
    String words = example(python, text).replaceAll("[\\d.]+ s", "s").replaceAll(" +", " ");
    List<String> sample =
        Pattern.compile("^ +[\\d.]+ s +[\\d.]+ s +(\\d+-\\d+ +\\S+)$", Pattern.MULTILINE)
            .matcher(documented)
            .results()
            .map(line -> line.group(1).replaceAll(" +", " "))
            .toList();
    assertEquals(3, sample.size(), documented);
    sample.forEach(word -> assertTrue(words.contains("s " + word + "\n"), words));
    String stopped = example(python, LONG, "--stop-after", "0.4");
    assertTrue(stopped.contains("the last whole word was"), stopped);
  }

  private static String example(Path python, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python.toString(), "examples/words.py"));
    command.addAll(List.of("--addr", "localhost:" + worker.worker.port()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static void hear(SpokenCall call, int frames, List<AudioFrame> got)
      throws InterruptedException {
    for (int i = 0; i < frames; i++) {
      var frame = call.next();
      if (frame.isEmpty()) {
        return;
      }
      got.add(frame.get());
    }
  }

  private static List<AudioFrame> say(String session, String... pieces)
      throws InterruptedException {
    SpokenCall call = worker.call();
    for (String piece : pieces) {
      call.send(session, piece);
    }
    call.endInput();
    return call.frames();
  }

  private static List<WordTiming> words(List<AudioFrame> frames) {
    return frames.stream().flatMap(frame -> frame.getWordsList().stream()).toList();
  }
}
