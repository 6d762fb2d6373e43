package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.audio.Loudness;
import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.cache.Calibration;
import dev.ttsworker.engine.voice.cache.PrivateFolder;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class PiperVoiceLoaderTest {
  private static final String SENTENCE = "ðə kwˈɪk bɹˈaʊn fˈɑːks.";
  private static final double MARK = 3.25;

  @TempDir static Path loaded;

  @TempDir Path folder;
  private PiperFixture fixture;
  private Voicepack pack;

  /// Cuts and measures the voice once for all tests that begin with a known one.
  @BeforeAll
  static void loadOnce() {
    PiperFixture first = new PiperFixture(loaded);
    first.load(first.install("tiny")).close();
  }

  /// As if the voice had been loaded before.
  private void beKnown() {
    PiperFixture.copyBelow(loaded.resolve("tiny/.cut"), folder.resolve("tiny/.cut"));
  }

  @BeforeEach
  void install() {
    fixture = new PiperFixture(folder);
    pack = fixture.install("tiny");
  }

  @Test
  void gainBringsTheVoiceToTheTarget() {
    try (VoiceModel voice = fixture.load(pack)) {
      float[] speech =
          Renderings.speak(
              voice.render(SENTENCE.repeat(8), VoiceSettings.DEFAULTS, new SplittableRandom(1)),
              () -> 128);
      double own = Loudness.integratedLufs(speech, 22_050).orElseThrow();
      assertEquals(-16, own + voice.gainDb(), 1.5);
    }
  }

  @Test
  void secondLoadTakesCutAndGainFromTheCache() throws IOException {
    fixture.load(pack).close();
    Path cut = cutFolder(folder.resolve("tiny/.cut"));
    assertEquals(
        List.of(
            "calibration.properties",
            "cut.properties",
            "flow.onnx",
            "head.onnx",
            "tail.onnx",
            "text.onnx"),
        names(cut));
    Object before = Files.getLastModifiedTime(cut.resolve("flow.onnx"));
    keepGain(cut, MARK);
    assertGain(MARK);
    assertEquals(before, Files.getLastModifiedTime(cut.resolve("flow.onnx")));
    assertFalse(Files.exists(fixture.cache));
  }

  @Test
  void changedConfigurationOrTargetIsMeasuredAgain() throws IOException {
    beKnown();
    double gainDb = gainDb();
    Path cut = cutFolder(folder.resolve("tiny/.cut"));
    keepGain(cut, MARK);
    Files.writeString(
        pack.files().orElseThrow().modelConfig(), "\n", java.nio.file.StandardOpenOption.APPEND);
    assertGain(gainDb);
    keepGain(cut, MARK);
    fixture.level = new LevelCalibration(-20, -1);
    assertEquals(gainDb - 4, gainDb(), 0.5);
    keepGain(cut, MARK);
    fixture.level = new LevelCalibration(-20, -2);
    assertEquals(gainDb - 4, gainDb(), 0.5);
  }

  /// Sentences that are pronounced otherwise have another loudness.
  @Test
  void anotherFrontEndIsMeasuredAgain() throws IOException {
    beKnown();
    double gainDb = gainDb();
    Path cut = cutFolder(folder.resolve("tiny/.cut"));
    keepGain(cut, MARK);
    assertGain(MARK);
    FrontEnd backwards =
        PiperLoader.frontEnd(text -> List.of(new StringBuilder(text).reverse().toString()));
    try (VoiceModel voice = new PiperLoader(fixture, backwards, true).load(pack, Placement.CPU)) {
      assertEquals(gainDb, voice.gainDb(), 6);
    }
    assertFalse(
        Files.readString(cut.resolve("calibration.properties")).contains("gain-db=" + MARK));
  }

  @Test
  void corruptCacheIsCutAnew() throws IOException {
    beKnown();
    Path flow = cutFolder(folder.resolve("tiny/.cut")).resolve("flow.onnx");
    long size = Files.size(flow);
    Files.write(flow, new byte[(int) size]);
    assertSpeaks(pack, true);
    assertEquals(size, Files.size(flow));
    Files.delete(flow);
    assertSpeaks(pack, true);
    Files.writeString(flow.resolveSibling("cut.properties"), "\\uXYZ");
    assertSpeaks(pack, true);
    assertTrue(Files.exists(flow));
  }

  @Test
  void corruptCalibrationIsMeasuredAnew() throws IOException {
    beKnown();
    double gainDb = gainDb();
    Path cut = cutFolder(folder.resolve("tiny/.cut"));
    Path file = cut.resolve("calibration.properties");
    String good = Files.readString(file);
    String basis = basis(file);
    assertTrue(Calibration.read(cut, basis).isPresent());
    for (String wrong : List.of("Infinity", "", "silent-ish", "x$0", "NaN")) {
      Files.writeString(file, good.replaceAll("(?<=gain-db=).*", wrong));
      assertEquals(Optional.empty(), Calibration.read(cut, basis), wrong);
    }
    assertGain(gainDb);
    assertEquals(good.lines().skip(2).toList(), Files.readString(file).lines().skip(2).toList());
  }

  private static String basis(Path calibration) throws IOException {
    Properties entries = new Properties();
    try (Reader in = Files.newBufferedReader(calibration)) {
      entries.load(in);
    }
    return entries.getProperty("basis", "");
  }

  @Test
  void cutOfAnEarlierModelIsRemoved() throws IOException {
    beKnown();
    Path first = cutFolder(folder.resolve("tiny/.cut"));
    Path model = PiperFixture.model(pack);
    ModelProto changed = ModelProto.parseFrom(Files.readAllBytes(model));
    Files.write(model, changed.toBuilder().setProducerName("other").build().toByteArray());
    fixture.load(pack).close();
    assertFalse(cutFolder(folder.resolve("tiny/.cut")).equals(first));
  }

  @Test
  void voiceFolderThatCannotBeWrittenUsesTheCacheFolder() throws IOException {
    Files.writeString(folder.resolve("tiny/.cut"), "in the way");
    assertSpeaks(pack, true);
    Path cut = cutFolder(fixture.cache);
    assertTrue(names(cut).contains("flow.onnx"));
    keepGain(cut, MARK);
    assertGain(MARK);
  }

  /// Whoever can write there can have put stages of another voice there, with checksums that fit.
  @Test
  void cacheFolderThatOthersCanWriteToIsNotUsed() throws IOException {
    Files.writeString(folder.resolve("tiny/.cut"), "in the way");
    assertSpeaks(pack, true);
    keepGain(cutFolder(fixture.cache), MARK);
    assertGain(MARK);
    Files.setPosixFilePermissions(
        fixture.cache, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    fixture.load(pack).close();
    try (var voice = fixture.load(pack)) {
      assertFalse(voice.gainDb() == MARK, "stages of a folder that others can write to");
    }
  }

  @Test
  void cacheFolderIsOfThisUserOnly() throws IOException {
    Files.writeString(folder.resolve("tiny/.cut"), "in the way");
    assertSpeaks(pack, true);
    assertEquals(
        "rwx------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(fixture.cache)));
    Path moved = folder.resolve("moved");
    Files.move(fixture.cache, moved);
    Files.createSymbolicLink(fixture.cache, moved);
    assertFalse(PrivateFolder.isPrivate(fixture.cache));
  }

  @Test
  void nowhereToWriteStillSpeaks() throws IOException {
    Files.writeString(folder.resolve("tiny/.cut"), "in the way");
    Files.writeString(fixture.cache, "in the way");
    List<Path> before = temporaryCuts();
    assertSpeaks(pack, true);
    assertEquals(before, temporaryCuts());
  }

  @Test
  void modelOfAnotherShapeRunsWhole() throws IOException {
    Path model = PiperFixture.model(pack);
    ModelProto.Builder changed = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    for (NodeProto.Builder node : changed.getGraphBuilder().getNodeBuilderList()) {
      node.setName(node.getName().replace("/dec/conv_pre/Conv", "/dec/first"));
    }
    Files.write(model, changed.build().toByteArray());
    assertSpeaks(pack, false);
  }

  @Test
  void stagesThatDifferRunWhole() throws IOException {
    beKnown();
    Path file = cutFolder(folder.resolve("tiny/.cut")).resolve("calibration.properties");
    String text = Files.readString(file).replaceAll("difference=.*", "difference=0.01");
    Files.writeString(file, text);
    assertSpeaks(pack, false);
  }

  @Test
  void silentVoiceHasNoGainAndIsNotMeasuredAgain() throws IOException {
    Path model = PiperFixture.model(pack);
    ModelProto.Builder changed = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    for (NodeProto.Builder node : changed.getGraphBuilder().getNodeBuilderList()) {
      if (node.getName().equals("/dec/Tanh")) {
        node.setOpType("Sub").addInput(node.getInput(0));
      }
    }
    Files.write(model, changed.build().toByteArray());
    assertGain(0);
    assertGain(0);
    Path cut = cutFolder(folder.resolve("tiny/.cut"));
    assertTrue(Files.readString(cut.resolve("calibration.properties")).contains("gain-db=silent"));
  }

  private double gainDb() {
    try (VoiceModel voice = fixture.load(pack)) {
      return voice.gainDb();
    }
  }

  private void assertGain(double expected) {
    assertEquals(expected, gainDb(), 1e-9);
  }

  /// Makes a gain that came from the cache known by its value.
  private static void keepGain(Path cut, double gainDb) throws IOException {
    Path file = cut.resolve("calibration.properties");
    Files.writeString(
        file, Files.readString(file).replaceAll("(?<=gain-db=).*", Double.toString(gainDb)));
  }

  @Test
  void brokenModelsAreRefusedByName() throws IOException {
    Path model = PiperFixture.model(pack);
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(ErrorCode.INVALID_VOICEPACK);
    Files.write(model, new byte[0]);
    assertRefused(ErrorCode.INVALID_VOICEPACK);
    Files.writeString(model, "no model at all");
    assertRefused(ErrorCode.INVALID_VOICEPACK);
    Files.delete(model);
    assertRefused(ErrorCode.MODEL_LOAD_FAILED);
  }

  @Test
  void voiceThatGivesNoNumbersIsRefused() throws IOException {
    Path model = PiperFixture.model(pack);
    ModelProto.Builder changed = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    for (NodeProto.Builder node : changed.getGraphBuilder().getNodeBuilderList()) {
      if (node.getName().equals("/dec/Tanh")) {
        node.setOpType("Log");
      }
    }
    Files.write(model, changed.build().toByteArray());
    assertRefused(ErrorCode.MODEL_LOAD_FAILED);
  }

  @Test
  void modelOfAnotherKindIsRefused() throws IOException {
    Files.copy(
        Path.of("src/main/resources/dev/ttsworker/engine/runtime/probe.onnx"),
        PiperFixture.model(pack),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    WorkerException thrown = assertThrows(WorkerException.class, () -> fixture.load(pack));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains("input_lengths"), thrown.getMessage());
  }

  @Test
  void voicepackWithoutFilesIsRefused() {
    Voicepack none =
        new Voicepack("piper-x", "piper", Optional.empty(), List.of(), java.util.Map.of());
    WorkerException thrown = assertThrows(WorkerException.class, () -> fixture.load(none));
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
  }

  private void assertRefused(ErrorCode code) {
    WorkerException thrown = assertThrows(WorkerException.class, () -> fixture.load(pack));
    assertEquals(code, thrown.code(), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("tiny/tiny.onnx"), thrown.getMessage());
    assertFalse(thrown.getMessage().contains(folder.toString()), thrown.getMessage());
  }

  private void assertSpeaks(Voicepack pack, boolean streams) {
    try (VoiceModel voice = fixture.load(pack)) {
      assertEquals(streams, voice.description().streamsWithinSegment());
      float[] samples =
          Renderings.speak(
              voice.render(SENTENCE, VoiceSettings.DEFAULTS, new SplittableRandom(1)), () -> 32);
      assertTrue(samples.length > 20 * 256, samples.length + " samples");
    }
  }

  private static Path cutFolder(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      List<Path> found = folders.toList();
      assertEquals(1, found.size(), found::toString);
      return found.getFirst();
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> temporaryCuts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("tts-worker-cut"))
          .sorted()
          .toList();
    }
  }
}
