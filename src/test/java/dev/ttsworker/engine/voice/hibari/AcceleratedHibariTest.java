package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.runtime.DeviceShapes;
import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The decoder on accelerators that the CPU plays: in floats, so it lies from the quantized one of
/// the CPU as far as quantization does, and windows fit together to the last bits.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
final class AcceleratedHibariTest {
  private static final String SENTENCE =
      "jˈɛstəɹdˌA ˌæftəɹnˈun ði ˈOld lˈIthˌWs kˈipəɹ wˈɔkt slˈOli əlˈɔŋ ðə nˈɛɹO stˈOni pˈæθ bI ðə"
          + " sˈi, kˈWntɪŋ ˈɛvəɹi ʃˈɪp ðæt pˈæst ðə hˈɑɹbəɹ.";
  private static final String SHORT = "jˈɛs.";

  /// Of float sums in another order.
  private static final float SAME = 2e-5f;

  /// What quantization makes: 28 dB for the real voice.
  private static final double QUANTIZED_DB = 20;

  private static final Set<Integer> WIDTHS = WindowPlan.STREAMED.widths(27);
  private static final WindowPlan OTHER = new WindowPlan(13, 40, 90);

  @TempDir static Path cut;

  @TempDir Path folder;
  private final FakeAccelerators fake = accelerators();
  private HibariFixture fixture = new HibariFixture(Path.of(""), fake);

  /// Cuts and measures the tiny voice once for all tests.
  @BeforeAll
  static void cutOnce() {
    HibariFixture first = new HibariFixture(cut, accelerators());
    first.open(first.install(HibariFixture.TINY), Placement.PREFERRED).close();
    first.accelerators.close();
  }

  private static FakeAccelerators accelerators() {
    return new FakeAccelerators(
        Runtimes.cpu(2), 1, new DeviceShapes(List.of(1, 4), Integer.MAX_VALUE));
  }

  @AfterEach
  void close() {
    fixture.accelerators.close();
  }

  private Voicepack install(Path voice) {
    fixture = new HibariFixture(folder, fake);
    return fixture.install(voice);
  }

  private Voicepack installTiny() throws IOException {
    TinyVoices.copyFolder(cut, folder);
    fixture = new HibariFixture(folder, fake);
    Path voice = folder.resolve("tiny");
    return HibariFixture.pack(
        voice, HibariFixture.model(HibariFixture.TINY), List.of("en-US", "en"));
  }

  @Test
  void windowsFitTogetherWhateverTheirWidths() throws IOException {
    fitTogether(installTiny());
  }

  @Test
  void windowsOfTheRealVoiceFitTogether() {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    fitTogether(install(HibariFixture.REAL));
  }

  private void fitTogether(Voicepack pack) {
    try (HibariModel here = fixture.open(pack, Placement.CPU);
        HibariModel there = fixture.open(pack, Placement.PREFERRED)) {
      for (String phonemes : List.of(SHORT, SENTENCE, SENTENCE + " " + SENTENCE)) {
        HibariRequest request = request(pack, phonemes);
        fake.forgetRuns();
        float[] said = speak(there, request, WindowPlan.STREAMED);
        assertFalse(fake.runs().isEmpty());
        float[] other = speak(there, request, OTHER);
        assertEquals(0, Renderings.difference(said, other), SAME, phonemes);
        float[] expected = speak(here, request, WindowPlan.STREAMED);
        assertEquals(expected.length, said.length);
        double distance = Renderings.distanceDb(expected, said);
        assertTrue(distance >= QUANTIZED_DB, phonemes + ": " + distance + " dB");
      }
    }
  }

  /// A whole sentence has no side whose output is thrown away.
  @Test
  void paddingIsNotSeen() throws IOException {
    Voicepack pack = installTiny();
    HibariRequest request = request(pack, SHORT);
    CancellationToken never = new CancellationToken();
    try (HibariModel there = fixture.open(pack, Placement.PREFERRED);
        Graph whole = fake.loadOnCpu(deviceDecoder())) {
      HibariModel.TextResult text =
          there.runText(request, request.sentence().runs().getFirst(), never);
      int width = text.pitch().length;
      FrameSlice columns = new FrameSlice(text.columns(), there.names().rows(), width, 0, width);
      float[] ones = new float[width];
      Arrays.fill(ones, 1);
      Map<String, FloatTensor> expected =
          whole.run(
              Map.of(
                  there.names().decoderInput(),
                  columns,
                  SpectralInterface.MASK,
                  new FloatTensor(ones, 1, 1, width)),
              Set.of(SpectralInterface.SPECTRA),
              never);
      List<float[]> right =
          SpectralFrames.byFrame(
              FloatBuffer.wrap(expected.values().iterator().next().values()), width, 0, width);
      List<float[]> made =
          there
              .decodeOnDevice(columns, new Position(true, true), 0, width, Long.MAX_VALUE, never)
              .orElseThrow();
      assertFalse(WIDTHS.contains(width), "nothing to pad");
      assertTrue(Renderings.distanceDb(Renderings.join(right), Renderings.join(made)) > 80);
    }
  }

  @Test
  void everyWindowOfASentenceIsComputedThere() throws IOException {
    Voicepack pack = installTiny();
    try (HibariModel there = fixture.open(pack, Placement.PREFERRED)) {
      fake.forgetRuns();
      float[] _ = speak(there, request(pack, SENTENCE + " " + SENTENCE), WindowPlan.STREAMED);
      Set<Integer> widths = new HashSet<>();
      fake.runs().forEach(run -> widths.add(run.width()));
      assertEquals(WIDTHS, widths);
    }
  }

  /// The CPU goes on where the accelerator fails, and the accelerator where it works again.
  @Test
  void failuresInMidSentenceAreNotHeard() throws IOException {
    Voicepack pack = installTiny();
    HibariRequest request = request(pack, SENTENCE + " " + SENTENCE);
    try (HibariModel here = fixture.open(pack, Placement.CPU);
        HibariModel there = fixture.open(pack, Placement.PREFERRED)) {
      float[] expected = speak(here, request, OTHER);
      AtomicInteger windows = new AtomicInteger();
      // Its energy is never 0, its mask is 1.
      fake.refuse(values -> values[values.length - 1] < 0 && windows.getAndIncrement() % 2 == 1);
      float[] said = speak(there, request, OTHER);
      assertEquals(expected.length, said.length);
      double distance = Renderings.distanceDb(expected, said);
      assertTrue(distance >= QUANTIZED_DB, distance + " dB");
      assertTrue(windows.get() >= 5, "windows: " + windows);
    }
  }

  @Test
  void callsAtOnceShareBatchesAndEachGetsItsOwn() throws Exception {
    Voicepack pack = installTiny();
    int calls = 6;
    try (HibariModel there = fixture.open(pack, Placement.PREFERRED);
        ExecutorService callers = Executors.newFixedThreadPool(calls)) {
      List<HibariRequest> requests =
          Stream.iterate(0, i -> i + 9)
              .limit(calls)
              .map(cut -> request(pack, SENTENCE.substring(cut)))
              .toList();
      List<float[]> alone =
          requests.stream().map(request -> speak(there, request, WindowPlan.STREAMED)).toList();
      fake.forgetRuns();
      Semaphore turns = new Semaphore(0);
      fake.hold(turns);
      List<Future<float[]>> said = new ArrayList<>();
      for (HibariRequest request : requests) {
        said.add(callers.submit(() -> speak(there, request, WindowPlan.STREAMED)));
      }
      while (said.stream().anyMatch(one -> !one.isDone())) {
        turns.release();
        Polling.pause();
      }
      for (int call = 0; call < calls; call++) {
        float difference = Renderings.difference(alone.get(call), said.get(call).get());
        assertEquals(0, difference, SAME, "call " + call);
      }
      assertTrue(fake.runs().stream().anyMatch(run -> run.batch() > 1), "no batches");
    }
  }

  /// Twice as large as the voice, it is only made where it is needed, and then kept.
  @Test
  void decoderForAcceleratorsIsMadeOnce() throws IOException {
    Voicepack pack = install(HibariFixture.TINY);
    assertEquals("cpu", deviceOf(pack, Placement.CPU));
    assertEquals(0, deviceDecoders());
    assertEquals("cuda:0", deviceOf(pack, Placement.PREFERRED));
    assertEquals(1, deviceDecoders());
    assertEquals("cpu", deviceOf(pack, Placement.CPU));
    assertEquals("cuda:0", deviceOf(pack, Placement.PREFERRED));
    assertEquals(1, deviceDecoders());
    assertEquals(0, fake.loadedGraphs());
  }

  private String deviceOf(Voicepack pack, Placement placement) {
    try (VoiceModel voice = fixture.load(pack, placement)) {
      return voice.description().device();
    }
  }

  private int deviceDecoders() throws IOException {
    return deviceDecoderFiles().size();
  }

  private Path deviceDecoder() throws IOException {
    return deviceDecoderFiles().getFirst();
  }

  private List<Path> deviceDecoderFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("device-decoder.onnx")).toList();
    }
  }

  private static HibariRequest request(Voicepack pack, String phonemes) {
    SentenceIds ids = SentenceIds.whole(HibariFixture.vocabulary(pack).encode(phonemes).ids());
    return new HibariRequest(ids, 1, 1, AddedSamples.NONE, 5);
  }

  private static float[] speak(HibariModel model, HibariRequest request, WindowPlan plan) {
    SentenceDecoder sound = new SentenceDecoder(model, request, plan);
    List<float[]> parts = new ArrayList<>();
    while (!sound.isFinished()) {
      parts.add(sound.step(Pace.of(40), new CancellationToken()));
    }
    return Renderings.join(parts);
  }
}
