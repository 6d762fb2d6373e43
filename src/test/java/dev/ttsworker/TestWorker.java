package dev.ttsworker;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.ControlResponse;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsRequest;
import dev.ttsworker.proto.ModelInfo;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.voicepack.install.InstallProgress;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A real worker on a real port with the tiny voices, and a client connected to it.
final class TestWorker implements AutoCloseable {
  static final Path PROJECT = Path.of("").toAbsolutePath();

  final Worker worker;
  final TestEngine engine;
  final ManagedChannel channel;

  private TestWorker(Worker worker, TestEngine engine) {
    this.worker = worker;
    this.engine = engine;
    this.channel = connect();
  }

  /// One more connection; the caller shuts it down.
  ManagedChannel connect() {
    return Grpc.newChannelBuilder("localhost:" + worker.port(), InsecureChannelCredentials.create())
        // Frames are counted in the order in which they come from the wire.
        .directExecutor()
        .build();
  }

  /// Starts one with the tiny voice as its default.
  ///
  /// @param folder an own folder of the test, which gets the voicepacks
  /// @param lines more of worker.yaml
  static TestWorker start(Path folder, String... lines) throws IOException {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    return startAsIs(folder, lines);
  }

  /// Starts one on what `folder` holds.
  static TestWorker startAsIs(Path folder, String... lines) throws IOException {
    return startIn(folder, Map.of("DEFAULT_MODEL_ID", "piper-tiny"), lines);
  }

  /// As [#startAsIs], in surroundings that may fail.
  static TestWorker startOn(TestEngine engine, Path folder, String... lines) throws IOException {
    return start(engine, folder, Map.of("DEFAULT_MODEL_ID", "piper-tiny"), lines);
  }

  /// Starts one on what `folder` holds, in an environment.
  static TestWorker startIn(Path folder, Map<String, String> environment, String... lines)
      throws IOException {
    return start(new TestEngine(), folder, environment, lines);
  }

  private static TestWorker start(
      TestEngine engine, Path folder, Map<String, String> environment, String... lines)
      throws IOException {
    Stream<String> defaults =
        Stream.of(
            "worker: {grpc_host: localhost, grpc_port: 0, drain_ms: 20000}",
            "voicepacks: {auto_install: false}",
            // What is said must not depend on how fast a test goes on.
            "text: {max_wait_ms: 0}",
            "metrics: {enabled: false}",
            // What is tried must not depend on who goes first.
            "engine: {nice: 0}");
    List<String> yaml =
        Stream.concat(defaults.filter(line -> !isReplaced(line, lines)), Stream.of(lines)).toList();
    Path file = Files.write(folder.resolve("worker.yaml"), yaml);
    ConfigLoader loader = new ConfigLoader(folder, false, environment);
    Installation installation =
        new Installation(folder, Path.of(System.getProperty("tts.native.directory")));
    return new TestWorker(
        Worker.start(
            loader.load(Optional.of(file), Overrides.none()),
            installation,
            InstallProgress.none(),
            engine),
        engine);
  }

  private static boolean isReplaced(String line, String... lines) {
    String key = line.substring(0, line.indexOf(':') + 1);
    return Stream.of(lines).anyMatch(own -> own.startsWith(key));
  }

  static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// The threads of all workers in this process; those of clients and of the wire come and go.
  static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread -> thread.getName().matches("(inference|espeak|models|timer|registration)-.*"))
        .collect(Collectors.toSet());
  }

  /// Waits until readiness has reached `state`.
  TestWorker await(Readiness.State state) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    worker
        .readiness()
        .listen(status -> {
          if (status.state() == state) {
            reached.countDown();
          }
        });
    reached.await();
    return this;
  }

  /// Waits until GetCapabilities gives this reason.
  void awaitReason(String reason) {
    while (!capabilities().getReason().equals(reason)) {
      Polling.pause();
    }
  }

  TTSServiceGrpc.TTSServiceBlockingStub stub() {
    return TTSServiceGrpc.newBlockingStub(channel);
  }

  /// Opens a session that must succeed.
  void session(String id, String model, Map<String, String> options) {
    var answer =
        stub()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setSessionId(id)
                    .setModelId(model)
                    .putAllOptions(options)
                    .build());
    if (!answer.getSuccess()) {
      throw new AssertionError(answer.getMessage());
    }
  }

  void endSession(String id) {
    var _ = stub().endSession(EndSessionRequest.newBuilder().setSessionId(id).build());
  }

  SpokenCall call() {
    return new SpokenCall(TTSServiceGrpc.newStub(channel));
  }

  /// Says `pieces` on a session and returns the audio, checking the rules of frames.
  byte[] say(String session, String... pieces) throws InterruptedException {
    SpokenCall call = call();
    for (String piece : pieces) {
      call.send(session, piece);
    }
    call.endInput();
    return call.audio();
  }

  /// Carries a command out; afterwards every frame that left before the answer has come.
  ControlResponse control(String session, ControlCommand command) {
    ControlRequest request =
        ControlRequest.newBuilder().setSessionId(session).setCommand(command).build();
    ControlResponse answer = stub().control(request);
    capabilities();
    return answer;
  }

  GetCapabilitiesResponse capabilities() {
    return stub().getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
  }

  /// Waits until so many calls run.
  void awaitStreams(int calls) {
    while (capabilities().getMetricsOrThrow("active_streams") != calls) {
      Polling.pause();
    }
  }

  /// What ListModels says of one model.
  ///
  /// @throws java.util.NoSuchElementException when it is not listed
  ModelInfo model(String id) {
    return stub().listModels(ListModelsRequest.getDefaultInstance()).getModelsList().stream()
        .filter(model -> model.getModelId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// References and sessions of a model.
  int references(String id) {
    return Integer.parseInt(model(id).getMetadataOrThrow("refcount"));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    worker.close();
  }
}
