package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.ServingProcess;
import dev.ttsworker.fixture.TinyVoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command as a user runs it.
final class CommandLineIT {
  private static final String HOME = "tts.home";

  @TempDir static Path shared;
  static ServingProcess worker;
  @TempDir Path folder;
  private Path config;

  @BeforeAll
  static void start() throws Exception {
    Path tone = ServingProcess.toneOnly(shared, 5_000);
    worker =
        ServingProcess.start(ServingProcess.command(shared, "serve", "--config", tone.toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    worker.close();
  }

  @BeforeEach
  void writeConfig() throws IOException {
    config = ServingProcess.toneOnly(folder, 5_000);
    System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void forgetHome() {
    System.clearProperty(HOME);
  }

  @Test
  void clientsReachAWorker() throws Exception {
    assertEquals(0, packaged("health", "--addr", worker.address()).code());
    Path wav = folder.resolve("said.wav");
    CommandRun said = packaged("say", "one", "--addr", worker.address(), "-o", wav.toString());
    assertEquals(0, said.code(), said.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav));
    CommandRun unreachable = run("health", "--addr", "localhost:1");
    assertEquals(2, unreachable.code());
    assertEquals(1, unreachable.output().lines().count(), unreachable.toString());
  }

  @Test
  void pythonClientFindsNothingWrong() throws Exception {
    Path python = Path.of("target/python/bin/python").toAbsolutePath();
    assumeTrue(Files.isExecutable(python), "no Python with grpcio; .ci/run makes one");
    CommandRun checked =
        CommandRun.of(
            new ProcessBuilder(
                    python.toString(), "scripts/test-connection.py", "--addr", worker.address())
                .redirectErrorStream(true));
    assertEquals(0, checked.code(), checked.toString());
  }

  @Test
  void clientInJavaFindsNothingWrong() {
    CommandRun checked = run("test-connection", "--addr", worker.address());
    assertEquals(0, checked.code(), checked.toString());
    List<String> steps = checked.output().lines().toList();
    assertEquals(9, steps.size(), checked.toString());
    assertTrue(steps.stream().allMatch(step -> step.startsWith("OK    ")), checked.toString());
    assertTrue(
        steps.contains("OK    25 frames in order, 1920 bytes each, the last one final"),
        checked.toString());
    assertEquals("OK    session ended", steps.getLast());
    CommandRun none = run("test-connection", "--addr", worker.address(), "--model", "piper-none");
    assertEquals(1, none.code(), none.toString());
    assertTrue(none.output().contains("FAIL  StartSession: "), none.toString());
    assertTrue(none.output().contains("Model not found: piper-none"), none.toString());
    CommandRun late =
        run("test-connection", "--addr", worker.address(), "--redis", "redis://127.0.0.1:1");
    assertEquals(1, late.code(), late.toString());
    assertTrue(late.output().contains("FAIL  Redis: redis://127.0.0.1:1 cannot be reached"));
  }

  /// Whoever waits for the second line connects then.
  @Test
  void portIsOpenWhenTheVoiceIsSaidToBeThere() {
    List<String> lines =
        worker
            .log()
            .lines()
            .filter(line -> line.contains("listening on port") || line.contains("Model loaded"))
            .toList();
    assertEquals(2, lines.size(), worker.log());
    assertTrue(lines.getFirst().contains("gRPC server listening on port"), worker.log());
  }

  @Test
  void busyPortIsReportedAndExitsWithOne() throws Exception {
    assertTrue(
        worker.log().contains("gRPC on localhost:" + worker.port() + ": cleartext, tokens: none"),
        worker.log());
    CommandRun second = packaged("serve", "--config", config.toString(), "--port", worker.port());
    assertEquals(1, second.code());
    assertTrue(second.output().contains("Address already in use"), second.toString());
    assertFatalLine(second.output(), "Address already in use");
  }

  /// One ERROR line in the log, and the sentence after it.
  private static void assertFatalLine(String log, String reason) {
    List<String> errors = log.lines().filter(line -> line.contains("\"level\":\"ERROR\"")).toList();
    assertEquals(1, errors.size(), log);
    assertTrue(errors.getFirst().contains("\"message\":\"Cannot start: "), log);
    assertTrue(errors.getFirst().contains(reason), log);
  }

  @Test
  void startThatFailsIsInTheLogFileToo() throws Exception {
    Path file = folder.resolve("own.log");
    String logging = "logging: {file: " + file + "}";
    Path noCertificate =
        Files.write(
            folder.resolve("tls.yaml"),
            List.of(logging, "tls: {cert_file: gone.crt, key_file: gone.key}"));
    CommandRun tls = packaged("serve", "--config", noCertificate.toString(), "--port", "0");
    assertEquals(1, tls.code(), tls.toString());
    assertFatalLine(tls.output(), "gone.crt does not exist");
    assertTrue(tls.output().lines().toList().getLast().startsWith("tts-worker: tls.cert_file "));
    assertFatalLine(Files.readString(file), "gone.crt does not exist");
    Files.delete(file);
    Path unknown =
        Files.write(folder.resolve("key.yaml"), List.of(logging, "workr: {}", "log_level: LOUD"));
    CommandRun keys = packaged("serve", "--config", unknown.toString());
    assertEquals(1, keys.code(), keys.toString());
    assertFatalLine(Files.readString(file), "key.yaml:2: workr");
    assertFatalLine(Files.readString(file), "key.yaml:3: logging.level");
  }

  @Test
  void checksSayWhatServeWouldDo() throws Exception {
    CommandRun good = run("check-config", config.toString());
    assertEquals(0, good.code(), good.toString());
    String verdict = "OK: serve starts with this configuration";
    assertTrue(good.output().lines().toList().getLast().startsWith(verdict), good.toString());
    Path typo =
        Files.write(
            folder.resolve("typo.yaml"),
            List.of(
                "model_manager: {default_model_id: piper-tinny, fallback_model_id: mock-440hz}",
                "worker: {grpc_port: 0}"));
    CommandRun warned = run("check-config", typo.toString());
    assertEquals(0, warned.code(), warned.toString());
    assertTrue(
        warned.output().contains("warning: model_manager.default_model_id: Model not found"));
    CommandRun looked = packaged("preflight", "--config", typo.toString());
    assertTrue(
        looked.output().contains("WARN  model_manager.default_model_id: Model not found"),
        looked.toString());
    assertTrue(looked.output().contains("OK    gRPC: any free port"), looked.toString());
    Path broken =
        Files.write(folder.resolve("broken.yaml"), List.of("auth: {tokens_file: gone.tokens}"));
    CommandRun refused = run("check-config", broken.toString());
    assertEquals(1, refused.code(), refused.toString());
    assertTrue(refused.output().contains("gone.tokens does not exist"), refused.toString());
    assertEquals(
        "1 problem: serve does not start with this configuration",
        refused.output().lines().toList().getLast());
    CommandRun failed = packaged("preflight", broken.toString());
    assertEquals(1, failed.code(), failed.toString());
    assertTrue(failed.output().contains("serve does not start with it:"), failed.toString());
    assertTrue(failed.output().contains("      auth.tokens_file "), failed.toString());
  }

  @Test
  void wrongCommandLineExitsWithTwo() throws Exception {
    assertEquals(2, packaged("no-such-command").code());
  }

  @Test
  void everyProblemOfTheConfigurationIsReportedWithItsLine() throws Exception {
    Path broken =
        Files.write(
            folder.resolve("broken.yaml"),
            List.of("worker:", "  grpc_prt: 7001", "log_level: LOUD"));
    CommandRun checked = run("check-config", broken.toString());
    assertEquals(1, checked.code());
    assertTrue(checked.output().contains("broken.yaml:2"), checked.toString());
    assertTrue(checked.output().contains("grpc_port"), checked.toString());
    assertTrue(checked.output().contains("broken.yaml:3"), checked.toString());
    assertTrue(
        checked.output().endsWith("2 problems: serve does not start with this configuration\n"),
        checked.toString());
    assertEquals(0, run("check-config", config.toString()).code());
  }

  @Test
  void speaksInProcessOnTheTinyVoiceAndNamesWhatIsMissing() throws Exception {
    Path wav = folder.resolve("tiny.wav");
    TinyVoices.copyLoaded(folder.resolve("voices"));
    Path yaml =
        Files.write(
            folder.resolve("tiny.yaml"),
            List.of("model_manager:", "  voicepack_root: " + folder.resolve("voices")));
    List<String> say = List.of("say", "Good morning.", "--config", yaml.toString());
    CommandRun said = run(join(say, "--voice", "piper-tiny", "-o", wav.toString()));
    assertEquals(0, said.code(), said.toString());
    assertTrue(Files.size(wav) > 44 + 1920);
    CommandRun tone = run(join(say, "--voice", "mock", "-o", wav.toString()));
    assertEquals(0, tone.code(), tone.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav));
    CommandRun missing = run(join(say, "--voice", "piper-tinny"));
    assertEquals(1, missing.code());
    assertTrue(missing.output().contains("Model not found: piper-tinny"), missing.toString());
    assertTrue(!missing.output().contains("voices install"), missing.toString());
    Files.copy(
        Path.of("voicepacks/catalog.yaml"),
        Files.createDirectories(folder.resolve("voicepacks")).resolve("catalog.yaml"));
    CommandRun installable = run(join(say, "-o", wav.toString()));
    assertEquals(1, installable.code());
    assertTrue(
        installable.output().contains("; `tts-worker voices install hibari-en-us-heart` installs"),
        installable.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav), "a failure leaves the file as it was");
    CommandRun loud = run(join(say, "--voice", "mock", "--option", "volume_db=99"));
    assertEquals(1, loud.code());
    assertTrue(loud.output().contains("options.volume_db is \"99\"; allowed:"), loud.toString());
    CommandRun quiet =
        run(join(say, "--voice", "mock", "--option", "volume_db=-20", "-o", wav.toString()));
    assertEquals(0, quiet.code(), quiet.toString());
    CommandRun fast = run(join(say, "--speed", "9"));
    assertTrue(fast.output().contains("allowed: 0.5 to 2.0"), fast.toString());
    CommandRun voices = run("voices", "list", "--config", yaml.toString());
    assertTrue(voices.output().contains("piper-tiny"), voices.toString());
  }

  @Test
  void voicesOfAPackagedWorkerAreThereBesideTheInstalledOnes() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voices"));
    Path root = Files.createDirectories(folder.resolve("mounted"));
    Path zoe = Files.createDirectories(root.resolve("piper/zoe"));
    for (String name : List.of("tiny.onnx", "tiny.onnx.json")) {
      Files.copy(folder.resolve("voices/piper/tiny").resolve(name), zoe.resolve(name));
    }
    Path yaml =
        Files.write(
            folder.resolve("tiny.yaml"),
            List.of("model_manager: {default_model_id: piper-zoe, voicepack_root: " + root + "}"));
    String[] options = {"--config", yaml.toString()};
    CommandRun list = run(join(List.of("voices", "list"), options));
    for (String id : List.of("mock-440hz", "piper-tiny", "piper-tiny-speakers", "piper-zoe")) {
      assertEquals(
          1, list.output().lines().filter(line -> line.startsWith(id + " ")).count(), list + id);
    }
    assertTrue(list.output().lines().noneMatch(line -> line.startsWith("problem")), list.output());
    for (String id : List.of("piper-tiny", "piper-zoe")) {
      Path wav = folder.resolve(id + ".wav");
      CommandRun said =
          run("say", "Hi.", "--voice", id, "-o", wav.toString(), options[0], options[1]);
      assertEquals(0, said.code(), said.toString());
      assertTrue(Files.size(wav) > 44 + 1920);
      assertEquals(0, run("voices", "verify", id, options[0], options[1]).code());
    }
    CommandRun kept = run("voices", "remove", "piper-tiny", options[0], options[1]);
    assertEquals(1, kept.code(), kept.toString());
    assertTrue(kept.output().contains("came with this worker"), kept.toString());
    assertEquals(0, run("voices", "remove", "piper-zoe", options[0], options[1]).code());
    assertTrue(Files.notExists(zoe));
    CommandRun gone = run("voices", "remove", "piper-zoe", options[0], options[1]);
    assertTrue(gone.output().contains("Model not found: piper-zoe"), gone.toString());
  }

  @Test
  void takesALexiconAndWarnsOfWhatTheVoiceLacks() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voices"));
    Path yaml =
        Files.write(
            folder.resolve("tiny.yaml"),
            List.of("model_manager:", "  voicepack_root: " + folder.resolve("voices")));
    Path wav = folder.resolve("said.wav");
    List<String> say =
        List.of("say", "--config", yaml.toString(), "--voice", "piper-tiny", "-o", wav.toString());
    String marked = "Say [GIF](/gQif/) to nginx.";
    CommandRun said = run(join(say, marked, "--lexicon", "nginx=engine x"));
    assertEquals(0, said.code(), said.toString());
    assertTrue(said.output().contains("\"GIF\": the voice does not have "), said.toString());
    assertTrue(said.output().contains("(U+0051)"), said.toString());
    CommandRun refused = run(join(say, "Hi.", "--lexicon", "Qwik=/kwQk/"));
    assertEquals(1, refused.code(), refused.toString());
    assertTrue(refused.output().contains("(U+0051) of \"Qwik\""), refused.toString());
    List<String> text = List.of("text", "--config", yaml.toString(), "--voice", "piper-tiny");
    CommandRun shown = run(join(text, marked, "--lexicon", "nginx=engine x"));
    assertTrue(shown.output().contains("engine x"), shown.toString());
    assertTrue(shown.output().contains("\"GIF\": the voice does not have "), shown.toString());
    CommandRun read = run(join(text, "Hi.", "--lexicon", "Qwik=/kwQk/"));
    assertTrue(read.output().contains("\"Qwik\": the voice does not have "), read.toString());
    CommandRun slash = run(join(text, "Hi.", "--lexicon", "a=/a/b/"));
    assertEquals(2, slash.code(), slash.toString());
    assertTrue(slash.output().contains("with the symbols /"), slash.toString());
  }

  @Test
  void showsHowTextsAreRead() throws Exception {
    List<String> text = List.of("text", "--config", config.toString());
    CommandRun shown = run(join(text, "--locale", "en-US", "It costs $4.50."));
    assertEquals(0, shown.code(), shown.toString());
    assertTrue(
        shown.output().contains("spoken    It costs four dollars and fifty cents."),
        shown.toString());
    CommandRun off = run(join(text, "--locale", "en-US", "--normalize", "off", "It costs $4.50."));
    assertTrue(off.output().contains("spoken    It costs $4.50."), off.toString());
    CommandRun lines =
        CommandRun.of(
            ServingProcess.command(folder, join(text, "--locale", "en-GB", "--json", "-")),
            "On 5 May.\\n\\n- Go\n\nCafé ½ “x”\n");
    assertEquals(0, lines.code(), lines.toString());
    assertEquals(
        List.of(
            "{\"segments\":[{\"text\":\"On 5 May.\",\"spoken\":\"On the fifth of May.\",\"phonemes\":"
                + "\"ɒnðə fˈɪfθ ɒv mˈeɪ.\"},{\"text\":\"- Go\",\"spoken\":\"Go\",\"phonemes\":\"ɡˈəʊ\"}]}",
            "{\"segments\":[]}",
            "{\"segments\":[{\"text\":\"Café ½ “x”\",\"spoken\":\"Café one half “x”\",\"phonemes\":"
                + "\"kæfˈeɪ wˈɒn hˈɑːf ˈɛks\"}]}"),
        lines.output().lines().toList());
    CommandRun locale = run(join(text, "--locale", "xx-XX", "Hallo"));
    assertEquals(2, locale.code());
    assertTrue(locale.output().contains("allowed: en-US, en-GB"), locale.toString());
    assertEquals(1, run(join(text, "--voice", "piper-none", "Hi")).code());
  }

  @Test
  void clausesStandInTheirSentence() throws Exception {
    String first = "When the long winter was over at last,";
    String rest =
        "we opened every window of the house and let the warm air of the first spring day in,"
            + " all the way up to the attic.";
    CommandRun shown =
        run(
            "text",
            "--config",
            config.toString(),
            "--locale",
            "en-US",
            "--json",
            first + " " + rest + " Good.");
    assertEquals(0, shown.code(), shown.toString());
    assertTrue(
        shown.output().contains("\"clauses\":[\"" + first + "\",\"" + rest + "\"]"),
        shown.toString());
    assertTrue(shown.output().contains("{\"text\":\"Good.\","), shown.toString());
  }

  @Test
  void longCommandLineIsNoProblem() throws Exception {
    Path wav = folder.resolve("long.wav");
    CommandRun said =
        packaged("say", "a ".repeat(6_000), "--config", config.toString(), "-o", wav.toString());
    assertEquals(0, said.code(), said.toString());
    assertEquals(44 + 25 * 1920, Files.size(wav));
  }

  private static String[] join(List<String> first, String... rest) {
    return Stream.concat(first.stream(), Arrays.stream(rest)).toArray(String[]::new);
  }

  /// In this process.
  private static CommandRun run(String... arguments) {
    return CommandRun.here(arguments);
  }

  /// By the packaged command, in a process of its own.
  private CommandRun packaged(String... arguments) throws Exception {
    return CommandRun.of(ServingProcess.command(folder, arguments));
  }
}
