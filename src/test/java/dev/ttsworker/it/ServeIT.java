package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.ServingProcess;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Life and death of the packaged command: signals, exit codes, ports, and poor surroundings.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServeIT {
  private static final int FRAMES_OF_A_TONE = 25;
  private static final int KILLED = 137;
  private static final int SECOND_SIGTERM = 143;

  /// Makes the folder $1 read-only for what runs in it: root is not stopped by permissions.
  private static final String READ_ONLY =
      """
      mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 9
      if touch "$1/x" 2>/dev/null; then exit 9; fi
      cd "$1" && shift && exec "$@"
      """;

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = ServingProcess.toneOnly(folder, 60_000);
  }

  @Test
  void runningCallFinishesAfterSigtermAndWatchersAreReportedTheEnd() throws Exception {
    try (ServingProcess worker = serve()) {
      ManagedChannel channel = connect(worker);
      BlockingQueue<Object> health = watch(channel);
      assertEquals(ServingStatus.SERVING, health.take());
      SpokenCall call = openCall(channel, "finishes");
      worker.signal("TERM");
      assertEquals(ServingStatus.NOT_SERVING, health.take());
      call.sendFinal("finishes", "two");
      assertEquals(2 * FRAMES_OF_A_TONE * 1920, call.audio().length);
      assertEquals("UNAVAILABLE: Worker is draining", health.take());
      assertEquals(0, worker.exitCode());
      assertStartAndStopAreInTheLog(worker.log());
      channel.shutdownNow();
    }
  }

  private static void assertStartAndStopAreInTheLog(String log) {
    List<String> lines = log.lines().toList();
    assertTrue(lines.getFirst().contains("\"Starting TTS worker\""), log);
    assertTrue(lines.getLast().contains("\"TTS worker stopped\""), log);
    String stopping = "\"Stopping TTS worker\"";
    assertEquals(1, lines.stream().filter(line -> line.contains(stopping)).count(), log);
  }

  /// Balancers need some seconds to find out that it ends.
  @Test
  void newWorkIsAcceptedAfterSigtermUntilTheGraceIsOver() throws Exception {
    ProcessBuilder patient = command();
    patient.environment().put("DRAIN_GRACE_MS", "3600000");
    try (ServingProcess worker = ServingProcess.start(patient)) {
      ManagedChannel channel = connect(worker);
      BlockingQueue<Object> health = watch(channel);
      assertEquals(ServingStatus.SERVING, health.take());
      worker.signal("TERM");
      assertEquals(ServingStatus.NOT_SERVING, health.take());
      SpokenCall call = openCall(channel, "comes late");
      call.endInput();
      assertEquals(FRAMES_OF_A_TONE * 1920, call.audio().length);
      worker.signal("TERM");
      assertEquals(SECOND_SIGTERM, worker.exitCode());
      channel.shutdownNow();
    }
  }

  /// As where a script started it in the background: there SIGINT is for others.
  @Test
  void sigintThatWasIgnoredFromTheStartStaysIgnored() throws Exception {
    ProcessBuilder ignoring = command();
    List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    String app = ServingProcess.app().resolve("tts-worker").toString();
    command.addAll(
        ignoring.command().subList(ignoring.command().indexOf(app), ignoring.command().size()));
    try (ServingProcess worker = ServingProcess.start(ignoring.command(command))) {
      ManagedChannel channel = connect(worker);
      worker.signal("INT");
      SpokenCall call = openCall(channel, "goes on");
      call.endInput();
      assertEquals(FRAMES_OF_A_TONE * 1920, call.audio().length);
      worker.signal("TERM");
      assertEquals(0, worker.exitCode(), "SIGTERM was the first signal: " + worker.log());
      channel.shutdownNow();
    }
  }

  @Test
  void secondSignalEndsAtOnce() throws Exception {
    try (ServingProcess worker = serve()) {
      ManagedChannel channel = connect(worker);
      BlockingQueue<Object> health = watch(channel);
      assertEquals(ServingStatus.SERVING, health.take());
      SpokenCall call = openCall(channel, "waits");
      worker.signal("INT");
      assertEquals(ServingStatus.NOT_SERVING, health.take());
      worker.signal("TERM");
      assertEquals(SECOND_SIGTERM, worker.exitCode());
      assertEquals(Status.Code.UNAVAILABLE, call.failure().getCode());
      channel.shutdownNow();
    }
  }

  @Test
  void killedWorkerIsReplacedOnItsPortAtOnceAndSigintEndsItWell() throws Exception {
    String port;
    ManagedChannel channel;
    try (ServingProcess killed = serve()) {
      channel = connect(killed);
      SpokenCall call = openCall(channel, "cut off");
      port = killed.port();
      killed.signal("KILL");
      assertEquals(KILLED, killed.exitCode());
      assertEquals(Status.Code.UNAVAILABLE, call.failure().getCode());
    }
    try (ServingProcess next = serve("--port", port)) {
      assertEquals(port, next.port());
      SpokenCall call = openCall(channel, "goes on");
      call.endInput();
      assertEquals(FRAMES_OF_A_TONE * 1920, call.audio().length);
      next.signal("INT");
      assertEquals(0, next.exitCode());
    }
    channel.shutdownNow();
  }

  @Test
  void missingGpuIsReportedInLogAndCapabilities() throws Exception {
    try (ServingProcess worker = serve("--device", "cuda")) {
      ManagedChannel channel = connect(worker);
      GetCapabilitiesResponse told =
          TTSServiceGrpc.newBlockingStub(channel)
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      assumeTrue(told.getDevice().equals("cpu"), "there is a GPU");
      String said = "engine.device is cuda, but it does not work: ";
      assertTrue(told.getDeviceReason().startsWith(said), told.getDeviceReason());
      String line =
          worker
              .log()
              .lines()
              .filter(l -> l.contains("Inference on cpu: " + said))
              .findFirst()
              .orElse("");
      assertTrue(line.contains("\"level\":\"WARNING\""), worker.log());
      assertTrue(line.contains("; falling back to CPU\""), line);
      channel.shutdownNow();
    }
  }

  @Test
  void startsInAReadOnlyFolderWithNoEnvironmentAndALongCommandLine() throws Exception {
    Process possible = new ProcessBuilder("unshare", "--mount", "true").start();
    assumeTrue(possible.waitFor() == 0, "no right to mount");
    String preload = "mock-440hz,".repeat(800) + "mock-440hz";
    ProcessBuilder packaged =
        ServingProcess.command(
            folder, "serve", "--config", config.toString(), "--preload", preload);
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", READ_ONLY));
    command.addAll(List.of("sh", ServingProcess.app().toString()));
    command.addAll(packaged.command());
    Map<String, String> environment = packaged.environment();
    environment.clear();
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("TTS_JAVA_HOME", System.getProperty("java.home"));
    try (ServingProcess worker = ServingProcess.start(packaged.command(command))) {
      worker.signal("TERM");
      assertEquals(0, worker.exitCode(), worker.log());
    }
  }

  /// eSpeak's processes answer on their standard output, where the user's Java may print.
  @Test
  void optionsOfTheUsersJavaDoNotReachEspeak() throws Exception {
    ProcessBuilder talkative = command();
    talkative.environment().put("JAVA_TOOL_OPTIONS", "-Xlog:gc*:stdout");
    try (ServingProcess worker = ServingProcess.start(talkative)) {
      worker.signal("TERM");
      assertEquals(0, worker.exitCode(), worker.log());
    }
  }

  private ServingProcess serve(String... more) throws IOException {
    return ServingProcess.start(command(more));
  }

  private ProcessBuilder command(String... more) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--config", config.toString()));
    arguments.addAll(List.of(more));
    return ServingProcess.command(folder, arguments.toArray(String[]::new));
  }

  private static ManagedChannel connect(ServingProcess worker) {
    return Grpc.newChannelBuilder(worker.address(), InsecureChannelCredentials.create())
        .directExecutor()
        .build();
  }

  /// A call that has said its first chunk and whose first frame has come.
  private static SpokenCall openCall(ManagedChannel channel, String session)
      throws InterruptedException {
    var started =
        TTSServiceGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .startSession(StartSessionRequest.newBuilder().setSessionId(session).build());
    assertTrue(started.getSuccess(), started.getMessage());
    SpokenCall call = new SpokenCall(TTSServiceGrpc.newStub(channel));
    call.send(session, "one");
    assertTrue(!call.isRefused());
    return call;
  }

  /// The states as they come, then how the stream ended.
  private static BlockingQueue<Object> watch(ManagedChannel channel) {
    BlockingQueue<Object> come = new LinkedBlockingQueue<>();
    HealthGrpc.newStub(channel)
        .watch(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<HealthCheckResponse>() {
              @Override
              public void onNext(HealthCheckResponse answer) {
                come.add(answer.getStatus());
              }

              @Override
              public void onError(Throwable failure) {
                Status status = Status.fromThrowable(failure);
                come.add(status.getCode() + ": " + status.getDescription());
              }

              @Override
              public void onCompleted() {
                come.add("end");
              }
            });
    return come;
  }
}
