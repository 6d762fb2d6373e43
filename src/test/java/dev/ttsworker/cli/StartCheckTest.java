package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.Worker;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What check-config says, held against what a start does.
final class StartCheckTest {
  @TempDir Path folder;

  @BeforeEach
  void installAVoice() throws IOException {
    TinyVoices.copy(folder.resolve("voicepacks"));
  }

  private WorkerConfig config(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("worker.yaml"), List.of(lines));
    return new ConfigLoader(folder, false, Map.of()).load(Optional.of(file), Overrides.none());
  }

  private Installation installation() {
    return new Installation(folder, Path.of(System.getProperty("tts.native.directory", "")));
  }

  private StartCheck check(String... lines) throws IOException {
    return StartCheck.of(config(lines), installation());
  }

  @Test
  void startThatWorksHasNothingToSay() throws Exception {
    assertEquals(
        new StartCheck(List.of(), List.of()),
        check("model_manager: {default_model_id: piper-tiny, fallback_model_id: mock-440hz}"));
  }

  @Test
  void startFailsWithTheSameLines() throws Exception {
    String[] lines = {
      "model_manager: {default_model_id: piper-tiny, fallback_model_id: mock-440hz}",
      "tls: {cert_file: gone.crt, key_file: gone.key, client_ca_file: gone.ca}",
      "auth: {tokens_file: gone.tokens}",
      "text: {lexicon_file: gone.lexicon}"
    };
    StartCheck found = check(lines);
    assertEquals(
        List.of("tls.cert_file", "tls.client_ca_file", "auth.tokens_file", "text.lexicon_file"),
        found.problems().stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    WorkerConfig config = config(lines);
    WorkerException failure =
        assertThrows(
            WorkerException.class,
            () -> Worker.start(config, installation(), InstallProgress.none()).close());
    assertEquals(found.problems(), failure.getMessage().lines().toList());
  }

  @Test
  void addressThatIsNotThisMachinesIsAProblem() throws Exception {
    StartCheck found =
        check(
            "worker: {grpc_host: 198.51.100.1}",
            "metrics: {enabled: true, host: 198.51.100.2}",
            "clients: {wyoming_port: 10200, wyoming_host: 198.51.100.3}");
    assertEquals(3, found.problems().size(), found.toString());
    assertTrue(found.problems().getFirst().startsWith("worker.grpc_host 198.51.100.1: "));
    assertTrue(found.problems().get(1).startsWith("metrics.host 198.51.100.2: "));
    assertTrue(found.problems().getLast().startsWith("clients.wyoming_host 198.51.100.3: "));
  }

  @Test
  void folderWithoutARuntimeIsAProblem() throws Exception {
    StartCheck found = check("engine: {native_path: voicepacks}");
    assertEquals(1, found.problems().size(), found.toString());
    assertTrue(found.problems().getFirst().startsWith("engine.native_path: "), found.toString());
  }

  @Test
  void voicesThatAreMissingAreWarnings() throws Exception {
    StartCheck found =
        check(
            "model_manager:",
            "  default_model_id: piper-tinny",
            "  fallback_model_id: mock-440hz",
            "  preload_model_ids: [piper-tiny, piper-nope]");
    assertEquals(List.of(), found.problems());
    assertEquals(2, found.warnings().size(), found.toString());
    String first = found.warnings().getFirst();
    assertTrue(first.startsWith("model_manager.default_model_id: Model not found: piper-tinny"));
    assertTrue(first.endsWith("; the fallback mock-440hz speaks"), first);
    assertTrue(found.warnings().getLast().contains("Model not found: piper-nope"));
  }

  @Test
  void thatNothingCanSpeakIsSaid() throws Exception {
    StartCheck found =
        check("model_manager: {default_model_id: piper-a, fallback_model_id: piper-b}");
    assertTrue(
        found.warnings().getFirst().endsWith("; the worker will be NOT_SERVING"), found.toString());
    assertTrue(
        found.warnings().getLast().startsWith("model_manager.fallback_model_id: "),
        found.toString());
  }

  @Test
  void voiceThatTheStartInstallsIsNoFault() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.copy(Path.of("voicepacks/catalog.yaml"), empty.resolve("catalog.yaml"));
    StartCheck found =
        check(
            "model_manager:",
            "  default_model_id: piper-en-us-joe-medium",
            "  fallback_model_id: piper-en-us-joe-medium",
            "  voicepack_root: empty");
    assertEquals(
        List.of(
            "the default voice piper-en-us-joe-medium is not installed or lacks its language data;"
                + " serve installs it at the start"),
        found.warnings());
  }
}
