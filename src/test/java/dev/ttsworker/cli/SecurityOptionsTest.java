package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Certificates;
import dev.ttsworker.grpc.security.AccessControl;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.EndSessionResponse;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands `health` and `say` against a port that asks for certificate and token.
@Tag("slow")
final class SecurityOptionsTest {
  private static final String TOKEN = "a-token-for-the-tests";

  @TempDir static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    Certificates ours = new Certificates("ours");
    Certificates.Signed own = ours.sign("server");
    Certificates.Signed client = ours.sign("client");
    write("client.crt", client.certificate());
    write("client.key", client.key());
    write("empty", "");
    write("other-token", "another-token-of-tests");
    write("broken", "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n");
    AccessControl access =
        new AccessControl(
            new TlsSettings(
                Optional.of(write("server.crt", own.certificate())),
                Optional.of(write("server.key", own.key())),
                Optional.of(write("ca.crt", ours.authority()))),
            new AuthSettings(Optional.of(write("tokens", "# ours\n\n" + TOKEN + "\n"))));
    server =
        NettyServerBuilder.forPort(0, access.credentials())
            .addService(
                ServerInterceptors.interceptForward(
                    new Serving(), new Refusing(), access.tokenCheck().orElseThrow()))
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// Fails calls as the worker does.
  private static final class Refusing implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      try {
        return next.startCall(call, headers);
      } catch (WorkerException e) {
        call.close(Status.UNAUTHENTICATED.withDescription(e.getMessage()), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    }
  }

  private static final class Serving extends TTSServiceGrpc.TTSServiceImplBase {
    @Override
    public void getCapabilities(
        GetCapabilitiesRequest request, StreamObserver<GetCapabilitiesResponse> responses) {
      responses.onNext(GetCapabilitiesResponse.newBuilder().setState("SERVING").build());
      responses.onCompleted();
    }

    @Override
    public void startSession(
        StartSessionRequest request, StreamObserver<StartSessionResponse> responses) {
      responses.onNext(StartSessionResponse.newBuilder().setSuccess(true).build());
      responses.onCompleted();
    }

    @Override
    public void endSession(
        EndSessionRequest request, StreamObserver<EndSessionResponse> responses) {
      responses.onNext(EndSessionResponse.getDefaultInstance());
      responses.onCompleted();
    }

    /// A frame for each chunk.
    @Override
    public StreamObserver<TextChunk> synthesize(StreamObserver<AudioFrame> frames) {
      return new StreamObserver<>() {
        @Override
        public void onNext(TextChunk chunk) {
          frames.onNext(
              AudioFrame.newBuilder().setAudioData(ByteString.copyFrom(new byte[1920])).build());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          frames.onCompleted();
        }
      };
    }
  }

  @AfterAll
  static void stop() {
    server.shutdownNow();
  }

  @Test
  void allThatIsAskedForIsShown() {
    assertEquals(
        0,
        run(
            "--ca-file",
            "ca.crt",
            "--cert-file",
            "client.crt",
            "--key-file",
            "client.key",
            "--token-file",
            "tokens"));
  }

  @Test
  void sayShowsItToo() throws IOException {
    Path wav = folder.resolve("said.wav");
    List<String> line =
        new ArrayList<>(
            List.of(
                "say", "One.", "--addr", "localhost:" + server.getPort(), "-o", wav.toString()));
    assertEquals(1, execute(new StringWriter(), line));
    for (String file : List.of("ca-file=ca.crt", "cert-file=client.crt", "key-file=client.key")) {
      line.add("--" + file.replace("=", "=" + folder + "/"));
    }
    StringWriter told = new StringWriter();
    assertEquals(1, execute(told, line));
    assertTrue(told.toString().contains("localhost:" + server.getPort()), told.toString());
    line.add("--token-file=" + folder.resolve("tokens"));
    assertEquals(0, execute(told, line), told.toString());
    assertEquals(44 + 1920, Files.size(wav));
  }

  @Test
  void textWithoutAnythingToSayIsReportedAndExitsWithOne() {
    List<String> line =
        new ArrayList<>(
            List.of("say", "", "--addr=localhost:" + server.getPort(), "-o", folder + "/none.wav"));
    for (String file : List.of("ca-file=ca.crt", "cert-file=client.crt", "key-file=client.key")) {
      line.add("--" + file.replace("=", "=" + folder + "/"));
    }
    line.add("--token-file=" + folder.resolve("tokens"));
    for (String text : List.of("", "  ", "...", "?!")) {
      line.set(1, text);
      StringWriter told = new StringWriter();
      assertEquals(1, execute(told, line), text);
      assertTrue(told.toString().contains("there is nothing to say"), told.toString());
      assertFalse(told.toString().contains("Usage:"), told.toString());
    }
  }

  @Test
  void nobodyGetsInWithLess() {
    assertEquals(2, run());
    assertEquals(2, run("--tls"));
    assertEquals(2, run("--ca-file", "ca.crt", "--token-file", "tokens"));
  }

  @Test
  void healthIsReportedWithoutAToken() {
    String[] certificates = {
      "--ca-file", "ca.crt", "--cert-file", "client.crt", "--key-file", "client.key"
    };
    StringWriter out = new StringWriter();
    assertEquals(0, run(out, certificates));
    assertEquals(
        List.of("status: SERVING", "device and models: need a token (--token-file)"),
        out.toString().lines().toList());
    String[] wrong = Arrays.copyOf(certificates, certificates.length + 2);
    wrong[certificates.length] = "--token-file";
    wrong[certificates.length + 1] = "other-token";
    StringWriter refused = new StringWriter();
    assertEquals(0, run(refused, wrong));
    assertTrue(refused.toString().contains("refused: UNAUTHENTICATED: "), refused.toString());
  }

  @Test
  void whyThereIsNoConnectionIsNamed() {
    assertCause("does it speak TLS? (--tls, --ca-file)");
    assertCause("--ca-file names its authority", "--tls");
    assertCause("not signed by an authority of --ca-file", "--ca-file", "client.crt");
    assertCause("it requires a client certificate", "--ca-file", "ca.crt");
  }

  private static void assertCause(String cause, String... options) {
    for (String command : List.of("health", "test-connection", "say", "bench")) {
      List<String> line =
          new ArrayList<>(List.of(command, "--addr", "localhost:" + server.getPort()));
      if (command.equals("say")) {
        line.addAll(List.of("One.", "-o", folder.resolve("x.wav").toString()));
      }
      for (String option : options) {
        line.add(option.startsWith("--") ? option : folder.resolve(option).toString());
      }
      StringWriter told = new StringWriter();
      assertEquals(command.equals("health") ? 2 : 1, execute(told, line), told.toString());
      assertTrue(told.toString().contains(cause), command + ": " + told);
      assertFalse(told.toString().contains("Pipeline"), told.toString());
      assertFalse(told.toString().contains("unreachable"), told.toString());
    }
  }

  @Test
  void badFilesAreReported() {
    assertRefused("--ca-file " + folder.resolve("gone") + ": file not found", "--ca-file", "gone");
    assertRefused(
        "--token-file " + folder.resolve("gone") + ": file not found", "--token-file", "gone");
    assertRefused("--cert-file and --key-file go together", "--cert-file", "client.crt");
    assertRefused("empty: holds no token", "--token-file", "empty");
    assertRefused("broken: is not a certificate in PEM", "--ca-file", "broken");
  }

  private static void assertRefused(String what, String... options) {
    StringWriter told = new StringWriter();
    assertEquals(2, run(told, options), told.toString());
    assertTrue(told.toString().contains(what), told.toString());
    assertFalse(told.toString().contains("internal error"), told.toString());
  }

  private static int run(String... options) {
    return run(new StringWriter(), options);
  }

  private static int run(StringWriter told, String... options) {
    List<String> line = new ArrayList<>(List.of("health", "--port", "" + server.getPort()));
    for (String option : options) {
      line.add(option.startsWith("--") ? option : folder.resolve(option).toString());
    }
    return execute(told, line);
  }

  private static int execute(StringWriter told, List<String> line) {
    CommandLine command = AllCommands.commandLine();
    command.setOut(new PrintWriter(told, true));
    command.setErr(new PrintWriter(told, true));
    return command.execute(line.toArray(String[]::new));
  }
}
