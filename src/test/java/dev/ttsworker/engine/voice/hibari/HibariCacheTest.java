package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of a voice, and when it is computed again.
@Tag("slow")
final class HibariCacheTest {
  /// A gain that no voice has.
  private static final double MARK = 1.25;

  @TempDir static Path loaded;
  private static double gainDb;

  @TempDir Path folder;
  private HibariFixture fixture;
  private Voicepack pack;

  /// Cuts and measures the voice once for all tests.
  @BeforeAll
  static void loadOnce() {
    HibariFixture first = new HibariFixture(loaded);
    try (VoiceModel voice = first.load(first.install(HibariFixture.TINY))) {
      gainDb = voice.gainDb();
    }
  }

  @BeforeEach
  void beKnown() throws IOException {
    fixture = new HibariFixture(folder);
    pack = fixture.install(HibariFixture.TINY);
    TinyVoices.copyFolder(loaded.resolve("tiny/.cut"), folder.resolve("tiny/.cut"));
    markGain();
  }

  @Test
  void knownGainIsUsed() {
    assertEquals(MARK, gainDb(pack));
  }

  @Test
  void anotherTargetIsMeasuredAgain() {
    fixture.level = new LevelCalibration(-20, -1);
    assertEquals(gainDb - 4, gainDb(pack), 0.5);
  }

  /// British sentences are other phonemes.
  @Test
  void anotherVarietyIsMeasuredAgain() throws IOException {
    Voicepack british =
        HibariFixture.pack(folder.resolve("tiny"), "tiny.onnx", List.of("en-GB", "en"));
    assertNotEquals(MARK, gainDb(british));
    assertEquals(gainDb, gainDb(british), 6);
  }

  @Test
  void withAnotherVocabularyRangesAndLevelAreComputedAgain() throws IOException {
    String basis = property("cut.properties", "basis");
    Path vocabulary = folder.resolve("tiny/vocab.json");
    String signs = Files.readString(vocabulary);
    Files.writeString(
        vocabulary,
        signs.replace("\"ə\"", "\"swap\"").replace("\"ɪ\"", "\"ə\"").replace("\"swap\"", "\"ɪ\""));
    assertNotEquals(signs, Files.readString(vocabulary));
    assertNotEquals(MARK, gainDb(pack));
    assertNotEquals(basis, property("cut.properties", "basis"));
    markGain();
    assertEquals(MARK, gainDb(pack), "and kept then");
  }

  @Test
  void damagedPartsAreMadeAgain() throws IOException {
    Path decoder = kept().resolve("decoder.onnx");
    byte[] whole = Files.readAllBytes(decoder);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(decoder, damaged);
    assertEquals(gainDb, gainDb(pack), 1e-9);
    assertEquals(-1, java.util.Arrays.mismatch(whole, Files.readAllBytes(decoder)));
  }

  /// Sizes of arrays among them: too large ones would end the process.
  @Test
  void editedManifestIsNotUsed() throws IOException {
    Path manifest = kept().resolve("cut.properties");
    String written = entries(manifest);
    for (String entry :
        List.of("carriedRows=2147483647", "edgeFrames=100000", "rows=-5", "pitch=x")) {
      String key = entry.substring(0, entry.indexOf('='));
      Files.writeString(
          manifest, Files.readString(manifest).replaceAll("(?m)^" + key + "=.*$", entry));
      assertEquals(gainDb, gainDb(pack), 1e-9, entry);
      assertEquals(written, entries(manifest), entry);
    }
  }

  /// A pipe in the place of a part would block all loading.
  @Test
  void gainOutOfRangeAndPartThatIsNoFileAreNotUsed() throws Exception {
    Path file = kept().resolve("calibration.properties");
    Files.writeString(file, Files.readString(file).replaceAll("(?<=gain-db=).*", "400"));
    assertEquals(gainDb, gainDb(pack), 1e-9);
    Path text = kept().resolve("text.onnx");
    Files.delete(text);
    assertEquals(0, new ProcessBuilder("mkfifo", text.toString()).start().waitFor());
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(gainDb, gainDb(pack), 1e-9));
  }

  private static String entries(Path manifest) throws IOException {
    return Files.readAllLines(manifest).stream()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  private double gainDb(Voicepack voice) {
    try (VoiceModel loaded = fixture.load(voice)) {
      return loaded.gainDb();
    }
  }

  private void markGain() throws IOException {
    Path file = kept().resolve("calibration.properties");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll("(?<=gain-db=).*", Double.toString(MARK)));
    assertNotEquals(text, Files.readString(file));
  }

  private String property(String file, String key) throws IOException {
    return Files.readAllLines(kept().resolve(file)).stream()
        .filter(line -> line.startsWith(key + "="))
        .findFirst()
        .orElseThrow();
  }

  /// The only folder of parts.
  private Path kept() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("tiny/.cut"))) {
      List<Path> folders = all.toList();
      assertTrue(folders.size() == 1, folders::toString);
      return folders.getFirst();
    }
  }
}
