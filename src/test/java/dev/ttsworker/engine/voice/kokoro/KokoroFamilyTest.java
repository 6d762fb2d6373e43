package dev.ttsworker.engine.voice.kokoro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.VoicepackStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Files of a voice, and what is kept of it.
final class KokoroFamilyTest {
  @TempDir Path root;
  private KokoroFixture fixture;
  private Path voice;

  @BeforeEach
  void copy() throws IOException {
    fixture = new KokoroFixture(Files.createDirectory(root.resolve("kokoro")));
    voice = fixture.copy(KokoroFixture.TINY);
  }

  @Test
  void isFoundInTheVoicepackRoot() throws IOException {
    var found = new VoicepackStore(root).scan().voicepacks().getFirst();
    assertEquals("kokoro-tiny", found.modelId());
    assertEquals("en-US", found.languages().getFirst());
    assertEquals(
        Map.of(
            "license",
            "Apache-2.0",
            "sample_rate",
            "24000",
            "speakers",
            "5",
            "speaker_names",
            "af_heart, af_bella, bf_emma, ef_dora, jf_alpha"),
        found.metadata());
    String before = fingerprint();
    Files.delete(voice.resolve("voices/ef_dora.bin"));
    assertNotEquals(before, fingerprint());
  }

  private String fingerprint() {
    return new KokoroFamily().read(voice).files().fingerprint();
  }

  @Test
  void wrongSpeakerFilesAreNamed() throws IOException {
    Path file = voice.resolve("voices/af_bella.bin");
    Path renamed = voice.resolve("voices/xf_bella.bin");
    byte[] right = Files.readAllBytes(file);
    Files.write(file, new byte[1_025]);
    refused("voices/af_bella.bin: it has 1025 bytes; allowed: 1 to 510 rows of 1024", this::read);
    Files.write(file, new byte[511 * 1_024]);
    refused("it has 523264 bytes", this::read);
    Files.write(file, new byte[0]);
    refused("it has 0 bytes", this::read);
    Files.move(file, renamed);
    refused("voices/xf_bella.bin: allowed: names as af_heart.bin, the first letter", this::read);
    Files.delete(renamed);
    ByteBuffer wrong = ByteBuffer.wrap(right.clone()).putInt(8, 0x0000_C07F);
    Files.write(file, wrong.array());
    refused("voices/af_bella.bin: number 2 is NaN; allowed: finite", () -> fixture.load(voice));
    assertTrue(Files.notExists(voice.resolve(".cut")), "nothing is left behind");
  }

  @Test
  void voicesAreNeeded() throws IOException {
    for (Path file : files("voices")) {
      Files.delete(file);
    }
    refused("voices has 0 files; allowed: 1 to 256", this::read);
    Files.delete(voice.resolve("voices"));
    refused("there is no folder voices", this::read);
  }

  @Test
  void anotherGraphIsRefused() throws IOException {
    Files.copy(
        Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx"),
        voice.resolve("tiny.onnx"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused("is no graph of a Kokoro voice: it takes", () -> fixture.load(voice));
    assertTrue(Files.notExists(voice.resolve(".cut")), "nothing is left behind");
  }

  @Test
  void graphAndLevelAreKept() throws IOException {
    double gain = gainDb();
    Path kept = files(".cut").getFirst();
    Path calibration = kept.resolve("calibration.properties");
    String text = Files.readString(calibration);
    Files.writeString(calibration, text.replaceAll("(?<=gain-db=).*", "1.25"));
    assertEquals(1.25, gainDb());
    Files.write(voice.resolve("voices/af_heart.bin"), new byte[1_024]);
    assertNotEquals(1.25, gainDb(), "another speaker has another level");
    Path graph = kept.resolve("float.onnx");
    byte[] whole = Files.readAllBytes(graph);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(graph, damaged);
    assertTrue(Double.isFinite(gain + gainDb()));
    assertArrayEquals(whole, Files.readAllBytes(graph));
  }

  private double gainDb() {
    try (VoiceModel loaded = fixture.load(voice)) {
      return loaded.gainDb();
    }
  }

  private List<Path> files(String inner) throws IOException {
    try (Stream<Path> all = Files.list(voice.resolve(inner))) {
      return all.toList();
    }
  }

  private void read() {
    var _ = new KokoroFamily().read(voice);
  }

  private static void refused(String part, Executable work) {
    WorkerException thrown = assertThrows(WorkerException.class, work, part);
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }
}
