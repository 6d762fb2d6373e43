package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.Bench;
import dev.ttsworker.bench.BenchPlan;
import dev.ttsworker.bench.JsonReport;
import dev.ttsworker.bench.Load;
import dev.ttsworker.bench.ServerUnderTest;
import dev.ttsworker.bench.ServerUnderTest.Role;
import dev.ttsworker.bench.TextReport;
import dev.ttsworker.bench.load.RunProgress;
import dev.ttsworker.bench.load.SentenceSet;
import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.bench.server.GivenServer;
import dev.ttsworker.bench.server.JavaCommand;
import dev.ttsworker.bench.server.ProcessUsage;
import dev.ttsworker.bench.server.ServerSource;
import dev.ttsworker.bench.server.WorkerProcess;
import dev.ttsworker.client.Security;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.lifecycle.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The benchmark against real workers with the tiny voice, as briefly as can be.
final class BenchIT {
  private static final RunProgress SILENT =
      new RunProgress() {
        @Override
        public void began(String what, int seconds) {}

        @Override
        public void reached(int seconds) {}

        @Override
        public void ended() {}

        @Override
        public void note(String line) {}
      };

  @TempDir Path folder;

  private static BenchPlan plan(Load first, Load... more) {
    return new BenchPlan(
        EnumSet.of(first, more),
        List.of(SentenceSet.builtIn("short")),
        List.of(2),
        List.of(),
        Duration.ofMillis(500),
        Duration.ofSeconds(4),
        1000,
        2,
        11);
  }

  private static BenchReport measure(BenchPlan plan, ServerSource source, Role role)
      throws InterruptedException {
    return new Bench(plan, Threads.platform("bench-"), SILENT)
        .run(List.of(new ServerUnderTest(source, role)));
  }

  @Test
  void measuresAllLoads() throws Exception {
    try (TestWorker server = TestWorker.start(folder).await(Readiness.State.SERVING)) {
      GivenServer source =
          new GivenServer(
              "worker",
              "grpc://localhost:" + server.worker.port(),
              Security.NONE,
              Threads.virtual("bench-reader-"),
              new ProcessUsage(ProcessHandle.current().pid()));
      BenchReport report =
          measure(plan(Load.CLOSED, Load.CONVERSATION, Load.BARGE_IN), source, Role.SUBJECT);
      TargetReport target = report.targets().getFirst();
      assertTrue(target.problem().isEmpty(), report.toString());
      checkClosed(target.closed().getFirst());
      checkConversations(target.conversations());
      checkBargeIn(target.bargeIn().orElseThrow());
      checkFiles(report);
    }
  }

  private static void checkClosed(ClosedResult closed) {
    assertEquals(2, closed.streams());
    assertTrue(closed.sentences() > 0, closed.toString());
    assertEquals(0, closed.failures() + closed.refusals(), closed.toString());
    assertEquals(closed.sentences(), closed.firstAudioMs().count());
    assertEquals(closed.sentences(), closed.firstAudioSortedMs().size());
    assertTrue(closed.firstAudioMs().p50() > 0);
    assertTrue(closed.firstAudioMs().p99() <= closed.firstAudibleMs().max());
    assertTrue(closed.audioSecondsPerSecond() > 0);
    assertTrue(closed.cost().cpuSecondsPerAudioSecond().orElseThrow() > 0);
  }

  private static void checkConversations(List<ConversationResult> runs) {
    assertEquals(Purpose.SEARCH, runs.getFirst().purpose());
    assertTrue(runs.stream().mapToInt(ConversationResult::sentences).sum() > 0, runs.toString());
    for (ConversationResult run : runs) {
      assertEquals(0, run.failures(), run.toString());
      assertEquals(run.purpose() == Purpose.SEARCH, run.slack().isEmpty());
    }
  }

  private static void checkBargeIn(BargeInResult bargeIn) {
    assertEquals(0, bargeIn.failures(), bargeIn.toString());
    assertEquals(
        List.of("STOP", "PAUSE", "CANCEL"),
        bargeIn.interruptions().stream().map(BargeInResult.Interruption::kind).toList());
    bargeIn
        .interruptions()
        .forEach(one -> assertEquals(0, one.framesAfterAnswer(), one.toString()));
    assertTrue(bargeIn.capabilitiesMs().count() > 0);
    assertTrue(bargeIn.audioReceivedSeconds() > 0);
  }

  private void checkFiles(BenchReport report) throws Exception {
    Path json = folder.resolve("report.json");
    JsonReport.write(report, json);
    JsonNode read = JsonMapper.shared().readTree(Files.readString(json));
    JsonNode target = read.path("targets").path(0);
    assertEquals("short", target.path("sentenceSet").asString());
    assertEquals(2, target.path("closed").path(0).path("streams").asInt());
    assertEquals(report.startedAt().toString(), read.path("startedAt").asString());
    assertTrue(target.path("problem").isNull());
    String text = String.join("\n", TextReport.lines(report));
    assertTrue(text.contains("Closed:") && text.contains("Barge-in:"), text);
  }

  @Test
  void endsAfterSoManySentences() throws Exception {
    try (TestWorker server = TestWorker.start(folder).await(Readiness.State.SERVING)) {
      GivenServer source =
          new GivenServer(
              "worker",
              "localhost:" + server.worker.port(),
              Security.NONE,
              Threads.virtual("bench-reader-"),
              new ProcessUsage(ProcessHandle.current().pid()));
      BenchPlan three =
          new BenchPlan(
              EnumSet.of(Load.CLOSED),
              List.of(SentenceSet.builtIn("short")),
              List.of(2),
              List.of(),
              Duration.ofSeconds(1),
              Duration.ofSeconds(60),
              3,
              1,
              11);
      TargetReport target = measure(three, source, Role.SUBJECT).targets().getFirst();
      assertEquals(3, target.closed().getFirst().sentences());
    }
  }

  @Test
  void startsAReferenceDesignAndStopsIt() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    Path config =
        Files.write(
            folder.resolve("worker.yaml"),
            List.of(
                "model_manager:",
                "  voicepack_root: " + folder.resolve("voicepacks"),
                "voicepacks: {auto_install: false}"));
    JavaCommand command =
        new JavaCommand(
            "dev.ttsworker.bench.ReferenceWorker",
            List.of("WHOLE_SENTENCES", config.toString(), "piper-tiny"),
            Map.of(
                "tts.home",
                folder.toString(),
                "tts.native.directory",
                System.getProperty("tts.native.directory")),
            true);
    WorkerProcess source = new WorkerProcess("whole", command, Threads.platform("bench-exit-"));
    TargetReport target =
        measure(plan(Load.CLOSED), source, Role.COST_OF_WHOLE_GRAPH).targets().getFirst();
    assertTrue(target.problem().isEmpty(), target.toString());
    assertEquals(1, target.closed().getFirst().streams());
    assertTrue(target.closed().getFirst().cost().cpuSecondsPerAudioSecond().isPresent());
    // Other tests' workers have processes of their own.
    assertEquals(
        0,
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("ReferenceWorker"))
            .count());
  }

  @Test
  void childThatEndsAtOnceIsReportedWithItsLog() throws Exception {
    JavaCommand command =
        new JavaCommand("no.such.MainClass", List.of(), Map.of("tts.home", "x"), true);
    WorkerProcess source = new WorkerProcess("broken", command, Threads.platform("bench-exit-"));
    TargetReport target = measure(plan(Load.CLOSED), source, Role.SUBJECT).targets().getFirst();
    String problem = target.problem().orElseThrow();
    assertTrue(problem.contains("broken ended with exit code 1; its log: "), problem);
    Path log = Path.of(problem.substring(problem.indexOf("its log: ") + 9));
    assertTrue(Files.readString(log).contains("no.such.MainClass"));
    Files.delete(log);
  }
}
