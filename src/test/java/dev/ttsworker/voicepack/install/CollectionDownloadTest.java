package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voicepack.Voices;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads of voices of the collection from a mirror on this machine.
final class CollectionDownloadTest {
  private static final String CORI = "en_GB-cori-medium";
  private static final String ID = "piper-en-gb-cori-medium";
  private static final String MODEL = "/en/en_GB/cori/medium/en_GB-cori-medium.onnx";
  private static final DownloadLimits LIMITS =
      new DownloadLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ZERO, 2, 1_000);

  @TempDir Path temporary;
  private Path root;
  private FakeCollection mirror;
  private final CountingProgress progress = new CountingProgress();

  @BeforeEach
  void start() throws IOException {
    root = temporary.resolve("voicepacks");
    mirror = FakeCollection.open().add(CORI).add("de_DE-kerstin-low");
    refresh();
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void installsByUsualNameAndVerifiesByWhatWasNoted() throws Exception {
    InstallResult result = install("en_gb-CORI-medium");
    assertEquals(ID, result.id());
    assertEquals(root.resolve("piper/en-gb-cori-medium"), result.place());
    assertTrue(result.source().endsWith("/en/en_GB/cori/medium/"), result.source());
    assertEquals(
        List.of("MODEL_CARD", CORI + ".onnx", CORI + ".onnx.json", "metadata.yaml"),
        names(result.place()));
    assertEquals(
        ID
            + ": MODEL_CARD matches the catalogue; en_GB-cori-medium.onnx matches the catalogue;"
            + " en_GB-cori-medium.onnx.json matches the catalogue",
        installer().verify(ID));
    Voicepack voice = new VoicepackStore(root).scan().voicepacks().get(1);
    assertEquals("public domain", voice.metadata().get("license"));
    assertEquals("yes", voice.metadata().get("commercial_use"));
    assertEquals(List.of("en-GB", "en"), voice.languages());
    assertEquals(3, VoiceMetadata.read(result.place()).installedFiles().size());
    assertTrue(install(CORI).alreadyInstalled());
    assertEquals(List.of(CORI + ".onnx - -"), mirror.requests());
    assertNothingLeft();
    assertEquals(0, progress.open);
  }

  @Test
  void brokenConnectionGoesOnWhereItWas() {
    mirror.fail(FakeCollection.breakAfter(20_000));
    install(CORI);
    assertEquals(
        List.of(CORI + ".onnx - -", CORI + ".onnx bytes=20000- " + tag()), mirror.requests());
    assertModelIsWhole();
    assertNothingLeft();
  }

  @Test
  void slowProgressIsNoFailureButNoProgressIs() {
    for (int i = 0; i < 5; i++) {
      mirror.fail(FakeCollection.breakAfter(5_000));
    }
    install(CORI);
    assertEquals(6, mirror.requests().size());
    assertModelIsWhole();
    installer().remove(ID);
    mirror.fail(FakeCollection.breakAfter(10));
    mirror.fail(FakeCollection.breakAfter(10));
    assertFails("connection lost");
    assertNothingLeft();
  }

  @Test
  void anotherRunGoesOnWhereAnInterruptedOneWas() throws Exception {
    breakForGood(30_000);
    assertEquals(List.of(), names(root.resolve("piper")));
    assertEquals(30_000, Files.size(partial()));
    install(CORI);
    assertEquals(CORI + ".onnx bytes=30000- " + tag(), mirror.requests().getLast());
    assertModelIsWhole();
    assertNothingLeft();
  }

  @Test
  void changedFileBeginsAnew() throws Exception {
    breakForGood(30_000);
    String old = tag();
    byte[] other = FakeCollection.model("another");
    mirror.put(MODEL, other);
    mirror.put("/voices.json", FakeSources.bytes(index().replace(md5(CORI), md5("another"))));
    refresh();
    install(CORI);
    assertEquals(CORI + ".onnx bytes=30000- " + old, mirror.requests().getLast());
    assertArrayEquals(
        other, Files.readAllBytes(root.resolve("piper/en-gb-cori-medium/" + CORI + ".onnx")));
    assertNothingLeft();
  }

  @Test
  void piecesOfTwoVersionsBeginAnewOnce() throws Exception {
    breakForGood(30_000);
    Files.write(partial(), new byte[30_000]);
    Files.delete(partial().resolveSibling(CORI + ".onnx.version"));
    install(CORI);
    assertEquals(
        List.of(CORI + ".onnx bytes=30000- -", CORI + ".onnx - -"),
        mirror.requests().subList(3, 5));
    assertModelIsWhole();
    assertNothingLeft();
  }

  @Test
  void serverWithoutRangesBeginsAnew() throws Exception {
    breakForGood(30_000);
    mirror.ignoreRanges();
    install(CORI);
    assertModelIsWhole();
    assertNothingLeft();
  }

  @Test
  void strangeRangesBeginAnew() throws Exception {
    for (String range : List.of("bytes 0-49999/50000", "bytes 30000-49998/49999", "")) {
      breakForGood(30_000);
      mirror.fail((exchange, content) -> {
        exchange.getResponseHeaders().set("Content-Range", range);
        exchange.sendResponseHeaders(206, content.length);
        exchange.getResponseBody().write(content);
      });
      install(CORI);
      assertModelIsWhole();
      assertNothingLeft();
      installer().remove(ID);
    }
    breakForGood(30_000);
    mirror.fail(FakeCollection.status(416));
    install(CORI);
    assertModelIsWhole();
  }

  @Test
  void leftoverThatIsTooLongOrWholeIsNoProblem() throws Exception {
    breakForGood(30_000);
    Files.write(partial(), new byte[FakeCollection.MODEL_BYTES + 1]);
    install(CORI);
    assertModelIsWhole();
    installer().remove(ID);
    breakForGood(30_000);
    int before = mirror.requests().size();
    Files.write(partial(), FakeCollection.model(CORI));
    install(CORI);
    assertEquals(before, mirror.requests().size());
    assertModelIsWhole();
    assertNothingLeft();
  }

  @Test
  void errorOfTheServerPasses() {
    mirror.fail(FakeCollection.status(500));
    install(CORI);
    assertEquals(2, mirror.requests().size());
    installer().remove(ID);
    mirror.fail(FakeCollection.status(503));
    mirror.fail(FakeCollection.status(429));
    assertFails("HTTP status 429");
    assertNothingLeft();
  }

  @Test
  void wrongFilesAreRefusedWithWhatToDo() {
    byte[] wrong = FakeCollection.model(CORI);
    wrong[100]++;
    mirror.put(MODEL, wrong);
    assertFails("has md5 " + FakeCollection.md5(wrong) + ", expected " + md5(CORI));
    assertFails("`voices refresh` reads its index");
    mirror.put(MODEL, new byte[FakeCollection.MODEL_BYTES - 1]);
    assertFails("announces 49999 bytes, expected 50000");
    mirror.put(MODEL, new byte[FakeCollection.MODEL_BYTES + 1]);
    assertFails("announces 50001 bytes, expected 50000");
    mirror.remove(MODEL);
    assertFails("en_GB-cori-medium.onnx: HTTP status 404");
    assertNothingLeft();
  }

  @Test
  void truncatedAnswersWithoutLengthAreRefused() {
    FakeCollection.Fault truncated =
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content, 0, 900);
        };
    mirror.fail(truncated);
    mirror.fail(truncated);
    assertFails("ends after 900 of 50000 bytes");
    assertNothingLeft();
    mirror.fail(truncated);
    install(CORI);
    assertModelIsWhole();
  }

  @Test
  void redirectsAreFollowedButNotForEverAndNotAnywhere() {
    mirror.put("/elsewhere", FakeCollection.model(CORI));
    mirror.fail(FakeCollection.redirect("/elsewhere"));
    install(CORI);
    assertModelIsWhole();
    installer().remove(ID);
    for (int i = 0; i < 20; i++) {
      mirror.fail(FakeCollection.redirect(MODEL));
    }
    assertFails("HTTP status 302");
    stop();
    assertFails("the connection was refused");
    assertNothingLeft();
  }

  @Test
  void voiceThatCannotBeReadIsRefusedBeforeItsModelIsFetched() {
    String pinyin = Voices.CONFIG.replace("\"num_sp", "\"phoneme_type\": \"pinyin\", \"num_sp");
    mirror.add("zh_CN-xiao_ya-medium", pinyin);
    refresh();
    WorkerException refused =
        assertThrows(WorkerException.class, () -> install("zh_CN-xiao_ya-medium"));
    assertEquals(ErrorCode.INSTALL_FAILED, refused.code());
    assertTrue(
        refused.getMessage().contains("phoneme_type is \"pinyin\"; allowed: espeak, text"),
        refused.getMessage());
    assertEquals(List.of(), mirror.requests());
    assertNothingLeft();
  }

  @Test
  void accentsAreLeftOutOfFileNames() throws Exception {
    mirror.add("pt_PT-tugão-medium");
    refresh();
    InstallResult result = install("pt_PT-tugão-medium");
    assertEquals("piper-pt-pt-tugao-medium", result.id());
    assertTrue(names(result.place()).contains("pt_PT-tugao-medium.onnx"));
    assertTrue(result.source().endsWith("/pt/pt_PT/tug%C3%A3o/medium/"), result.source());
    assertTrue(install("pt_PT-tugao-medium").alreadyInstalled());
  }

  @Test
  void leftoversAreBounded() throws Exception {
    List<String> keys =
        List.of("en_US-a-low", "en_US-b-low", "en_US-c-low", "en_US-d-low", "en_US-e-low");
    keys.forEach(mirror::add);
    refresh();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      mirror.fail(FakeCollection.breakAfter(30_000));
      mirror.fail(FakeCollection.breakAfter(100));
      mirror.fail(FakeCollection.breakAfter(100));
      assertThrows(WorkerException.class, () -> install(key));
      Path folder = root.resolve("piper/.partial-en-us-" + key.charAt(6) + "-low");
      assertTrue(folder.toFile().setLastModified(1_000_000L * (i + 1)));
    }
    assertEquals(
        List.of(".partial-en-us-c-low", ".partial-en-us-d-low", ".partial-en-us-e-low"),
        partials());
  }

  @Test
  void voiceAddedByHandMayBeOfAnotherVersion() throws Exception {
    Path folder = root.resolve("piper/en-gb-cori-medium");
    Voices.write(folder.resolve(CORI + ".onnx"), Voices.MODEL);
    Voices.write(folder.resolve(CORI + ".onnx.json"), Voices.CONFIG);
    assertEquals(
        ID
            + ": en_GB-cori-medium.onnx is not as the collection has it;"
            + " en_GB-cori-medium.onnx.json matches the catalogue",
        installer().verify(ID));
    assertFalse(install(CORI).alreadyInstalled());
    assertModelIsWhole();
    Files.write(folder.resolve(CORI + ".onnx"), Voices.MODEL);
    WorkerException damaged = assertThrows(WorkerException.class, () -> installer().verify(ID));
    assertTrue(damaged.getMessage().contains("has sha256"), damaged.getMessage());
  }

  @Test
  void voiceAddedByHandMayHaveOtherNames() {
    Voices.add(root, "piper", "en-gb-cori-medium");
    assertEquals(
        ID
            + ": en_GB-cori-medium.onnx is not as the collection has it;"
            + " en_GB-cori-medium.onnx.json is not as the collection has it",
        installer().verify(ID));
    WorkerException refused = assertThrows(WorkerException.class, () -> install(CORI));
    assertTrue(refused.getMessage().contains("holds other files (v.onnx"), refused.getMessage());
  }

  @Test
  void filesBroughtAlongAreCheckedToo() throws Exception {
    Path brought = temporary.resolve("brought");
    Voices.write(brought.resolve(CORI + ".onnx"), FakeCollection.model(CORI));
    Voices.write(brought.resolve(CORI + ".onnx.json"), Voices.CONFIG);
    WorkerException missing =
        assertThrows(
            WorkerException.class, () -> installer().install(CORI, List.of(brought), progress));
    assertTrue(missing.getMessage().contains("missing: MODEL_CARD"), missing.getMessage());
    Voices.write(brought.resolve("MODEL_CARD"), "# Model card for " + CORI);
    assertFalse(installer().install(CORI, List.of(brought), progress).alreadyInstalled());
    assertEquals(List.of(), mirror.requests());
  }

  @Test
  void unknownNamesHaveHints() {
    assertUnknown("en_GB-corri-medium", "did you mean piper-en-gb-cori-medium;");
    assertUnknown("en_GB-cori-low", "did you mean piper-en-gb-cori-medium;");
    assertUnknown("kerstin", "did you mean piper-de-de-kerstin-low;");
    assertUnknown("nothing-like-it", "Not in the catalogue: nothing-like-it; the catalogue has:");
  }

  private void assertUnknown(String name, String part) {
    WorkerException unknown = assertThrows(WorkerException.class, () -> install(name));
    assertEquals(ErrorCode.MODEL_NOT_FOUND, unknown.code());
    assertTrue(unknown.getMessage().contains(part), unknown.getMessage());
  }

  private void refresh() {
    new CollectionRefresh(root, mirror.address(), new WebFetcher(LIMITS))
        .refresh(LocalDate.of(2026, 11, 30), progress);
  }

  private VoiceInstaller installer() {
    return new VoiceInstaller(
        root,
        Catalogue.empty().with(PiperCollection.find(root), mirror.address()),
        new WebFetcher(LIMITS),
        new PipFetcher(List.of(List.of("no-pip")), Duration.ofSeconds(60)),
        new NpmFetcher(List.of("no-npm"), Duration.ofSeconds(60)),
        List.of());
  }

  private InstallResult install(String name) {
    return installer().install(name, progress);
  }

  /// A run that breaks off, and does not get any further in two more attempts.
  private void breakForGood(int bytes) {
    mirror.fail(FakeCollection.breakAfter(bytes));
    mirror.fail(FakeCollection.status(503));
    mirror.fail(FakeCollection.status(503));
    assertFails("HTTP status 503");
  }

  private void assertFails(String part) {
    WorkerException failed = assertThrows(WorkerException.class, () -> install(CORI));
    assertEquals(ErrorCode.INSTALL_FAILED, failed.code());
    assertTrue(failed.getMessage().contains(part), failed.getMessage());
    assertTrue(new VoicepackStore(root).folder(ID).isEmpty());
    assertEquals(0, progress.open);
  }

  private void assertModelIsWhole() {
    Path file = root.resolve("piper/en-gb-cori-medium").resolve(CORI + ".onnx");
    try {
      assertArrayEquals(FakeCollection.model(CORI), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertNothingLeft() {
    try (Stream<Path> left = Files.list(root.resolve("piper"))) {
      assertEquals(
          List.of(".install.lock"),
          left.map(Folders::name).filter(name -> name.startsWith(".")).toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> partials() throws IOException {
    try (Stream<Path> left = Files.list(root.resolve("piper"))) {
      return left.map(Folders::name).filter(name -> name.startsWith(".partial")).sorted().toList();
    }
  }

  private Path partial() {
    return root.resolve("piper/.partial-en-gb-cori-medium").resolve(CORI + ".onnx.part");
  }

  private String index() {
    return FakeCollection.text(mirror.get("/voices.json"));
  }

  private static String md5(String key) {
    return FakeCollection.md5(FakeCollection.model(key));
  }

  private String tag() {
    return "\"" + FakeCollection.md5(mirror.get(MODEL)) + "\"";
  }

  private static List<String> names(Path folder) throws IOException {
    return Folders.visible(folder).stream().map(Folders::name).toList();
  }
}
