package dev.ttsworker;

import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.voicepack.install.InstallProgress;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// A real worker on a real port with the tiny voices, and a client connected to it.
final class TestWorker implements AutoCloseable {
  static final Path PROJECT = Path.of("").toAbsolutePath();

  final Worker worker;
  final ManagedChannel channel;

  private TestWorker(Worker worker) {
    this.worker = worker;
    this.channel =
        Grpc.newChannelBuilder("localhost:" + worker.port(), InsecureChannelCredentials.create())
            .build();
  }

  /// Starts one with the tiny voice as its default.
  ///
  /// @param folder an own folder of the test, which gets the voicepacks
  /// @param lines more of worker.yaml
  static TestWorker start(Path folder, String... lines) throws IOException {
    copyVoices(folder.resolve("voicepacks"));
    return startAsIs(folder, lines);
  }

  /// Starts one on what `folder` holds.
  static TestWorker startAsIs(Path folder, String... lines) throws IOException {
    List<String> yaml =
        Stream.concat(
                Stream.of(
                    "worker: {grpc_host: localhost, grpc_port: 0, drain_ms: 20000}",
                    "voicepacks: {auto_install: false}",
                    "metrics: {enabled: false}"),
                Stream.of(lines))
            .toList();
    Path file = Files.write(folder.resolve("worker.yaml"), yaml);
    ConfigLoader loader = new ConfigLoader(folder, false, Map.of("DEFAULT_MODEL_ID", "piper-tiny"));
    Installation installation =
        new Installation(folder, Path.of(System.getProperty("tts.native.directory")));
    return new TestWorker(
        Worker.start(
            loader.load(Optional.of(file), Overrides.none()),
            installation,
            InstallProgress.none()));
  }

  static void copyVoices(Path root) throws IOException {
    Path source = PROJECT.resolve("src/test/resources/voicepacks");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = root.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
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

  @Override
  public void close() {
    channel.shutdownNow();
    worker.close();
  }
}
