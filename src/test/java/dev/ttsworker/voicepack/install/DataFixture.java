package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.DataFormat;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.Voices;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A voice that needs language data; the model, the configuration and one file of the data come
/// from the package `big`, the other file from the package `cmu`.
final class DataFixture implements AutoCloseable {
  static final String ID = "piper-x";
  static final String DATA = "english";
  static final byte[] LEXICON = FakeSources.bytes("a lexicon");
  static final byte[] NAMES = FakeSources.bytes("names of people");
  private static final byte[] CONFIG = FakeSources.bytes(Voices.CONFIG);

  final Path temporary;
  final Path root;
  final FakeSources fakes;
  final CountingProgress progress = new CountingProgress();
  final FakeFormat format = new FakeFormat();

  DataFixture(Path temporary) throws IOException {
    this.temporary = temporary;
    this.root = temporary.resolve("voicepacks");
    this.fakes = FakeSources.open(temporary);
    FakeSources.zip(temporary.resolve("big-1.0-py3-none-any.whl"), big());
    FakeSources.zip(
        temporary.resolve("cmu-2.0-py3-none-any.whl"), Map.of("cmu/data/names.dict", NAMES));
  }

  static Map<String, byte[]> big() {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("data/lexicon.json", LEXICON);
    entries.put("data/v.onnx", Voices.MODEL);
    entries.put("data/v.onnx.json", CONFIG);
    entries.put("data/other.json", FakeSources.bytes("other"));
    return entries;
  }

  /// Data whose compiled form is all source files behind a head.
  static final class FakeFormat implements DataFormat {
    private static final String HEAD = "version 1\n";
    boolean fails;

    @Override
    public String id() {
      return DATA;
    }

    @Override
    public void compile(Path sourceFolder, Path file) {
      if (fails) {
        Voices.write(file, HEAD + "half of");
        throw new WorkerException(ErrorCode.INSTALL_FAILED, "lexicon.json cannot be compiled");
      }
      try {
        String lexicon = Files.readString(sourceFolder.resolve("lexicon.json"));
        Files.writeString(
            file, HEAD + lexicon + "\n" + Files.readString(sourceFolder.resolve("names.dict")));
      } catch (IOException e) {
        throw new WorkerException(ErrorCode.INSTALL_FAILED, SmallFile.reason(e), e);
      }
    }

    @Override
    public void checkHead(Path file) {
      check(file);
    }

    @Override
    public void check(Path file) {
      try {
        if (!Files.readString(file).startsWith(HEAD)) {
          throw new WorkerException(ErrorCode.INVALID_VOICEPACK, "it has another version");
        }
      } catch (IOException e) {
        throw new WorkerException(ErrorCode.INVALID_VOICEPACK, SmallFile.reason(e), e);
      }
    }
  }

  /// A pip that delivers the packages which lie in the temporary folder, and lists what was asked
  /// of it in `pip.log` there.
  VoiceInstaller installer() throws IOException {
    return installer(
        "echo $WANTED >> '%s/pip.log'; cp '%s'/$(echo $WANTED | sed s/==/-/)-py3-none-any.whl $FOLDER"
            .formatted(temporary, temporary));
  }

  VoiceInstaller installer(String pipScript) throws IOException {
    String big = "{python_package: big, version: 1.0, folder: data}";
    String yaml =
        """
        data:
          - id: english
            licence: Apache-2.0
            licence_note: of two people
            parts:
              - files: [%s]
                sources: [%s]
              - files: [%s]
                sources: [{python_package: cmu, version: 2.0, folder: cmu/data}]
        voices:
          - id: piper-x
            licence: CC0
            needs: [english]
            parts:
              - files: [%s]
                sources: [{url: "%s"}, %s]
              - files: [%s]
                sources: [%s]
        """
            .formatted(
                file("lexicon.json", LEXICON),
                big,
                file("names.dict", NAMES),
                file("v.onnx", Voices.MODEL),
                fakes.address("/v/"),
                big,
                file("v.onnx.json", CONFIG),
                big);
    Catalogue catalogue = Catalogue.read(Voices.write(temporary.resolve("catalog.yaml"), yaml));
    return new VoiceInstaller(
        root,
        catalogue,
        new WebFetcher(FakeSources.LIMITS),
        new PipFetcher(List.of(fakes.fakePip(pipScript)), Duration.ofSeconds(60)),
        new NpmFetcher(List.of("no-npm"), Duration.ofSeconds(60)),
        List.of(format));
  }

  private static String file(String name, byte[] content) {
    return "{name: %s, size: %d, sha256: %s}"
        .formatted(name, content.length, FakeSources.sha256(content));
  }

  /// What pip was asked for.
  List<String> downloaded() throws IOException {
    Path log = temporary.resolve("pip.log");
    return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
  }

  Path data() {
    return root.resolve("english.dat");
  }

  /// Everything below the root but the lock files.
  List<String> left() throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.endsWith(".install.lock"))
          .sorted()
          .toList();
    }
  }

  static WorkerException refused(ErrorCode code, String part, Action action) {
    WorkerException thrown = assertThrows(WorkerException.class, action::run);
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
    assertEquals(code, thrown.code(), thrown.getMessage());
    return thrown;
  }

  interface Action {
    void run() throws IOException;
  }

  @Override
  public void close() {
    fakes.close();
  }
}
