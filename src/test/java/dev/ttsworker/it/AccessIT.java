package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Certificates;
import dev.ttsworker.fixture.LogTap;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.Refusals;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.fixture.WebClient;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certificates and tokens against a real worker, changed while it serves.
@Timeout(120)
final class AccessIT {
  private static final String TOKEN = "a-token-for-the-tests";
  private static final String OTHER_TOKEN = "the-token-of-tomorrow";

  private static Certificates ours;
  private static Certificates theirs;
  private static Certificates.Signed server;
  private static Certificates.Signed client;

  @TempDir Path folder;

  @BeforeAll
  static void sign() throws Exception {
    ours = new Certificates("ours");
    theirs = new Certificates("theirs");
    server = ours.sign("server");
    client = ours.sign("client");
  }

  private TestWorker startWithTls(String more) throws Exception {
    write("server.crt", server.certificate());
    write("server.key", server.key());
    return TestWorker.start(
            folder, "tls: {cert_file: server.crt, key_file: server.key" + more + "}")
        .await(Readiness.State.SERVING);
  }

  /// Moved into place, so that nobody reads half of it.
  private void write(String name, String text) throws IOException {
    Path written = Files.writeString(folder.resolve(name + ".new"), text);
    Files.move(written, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void tlsServesThoseWhoTrustItAndNobodyInClearText() throws Exception {
    try (TestWorker worker = startWithTls("")) {
      assertTrue(served(worker, trusting(ours)));
      double expires =
          Exposition.of(worker.worker.registry())
              .sum("tts_tls_certificate_expiry_timestamp_seconds", "role", "server_certificate");
      double days = (expires - Instant.now().getEpochSecond()) / 86_400;
      assertTrue(days > 1 && days <= 2, () -> days + " days");
      assertEquals(Status.Code.UNAVAILABLE, outcome(worker, trusting(theirs)));
      assertEquals(Status.Code.UNAVAILABLE, outcome(worker, InsecureChannelCredentials.create()));
      Refusals.await(worker, "tls_handshake", 2);
      assertTrue(served(worker, trusting(ours)));
    }
  }

  @Test
  void newCertificateIsServedAndABrokenOneIsNot() throws Exception {
    try (LogTap log = new LogTap("dev.ttsworker.grpc.security.FileWatch");
        TestWorker worker = startWithTls("")) {
      ChannelCredentials later = trusting(theirs);
      ChannelCredentials now = trusting(ours);
      Certificates.Signed next = theirs.sign("server");
      write("server.crt", next.certificate());
      write("server.key", next.key());
      Polling.until(() -> served(worker, later));
      assertTrue(log.lines.take().startsWith("INFO Reloaded after a change: "));
      write("server.crt", "broken");
      String told = log.lines.take();
      String file = folder.resolve("server.crt").toString();
      assertTrue(told.startsWith("ERROR tls.cert_file " + file), told);
      assertTrue(told.endsWith("; what was read before stays in use"), told);
      assertTrue(served(worker, later));
      write("server.key", server.key());
      assertEquals(told, log.lines.take());
      write("server.crt", server.certificate());
      Polling.until(() -> served(worker, now));
    }
  }

  @Test
  void mutualTlsAsksForACertificateOfTheAuthorityInForce() throws Exception {
    write("ca.crt", ours.authority());
    try (TestWorker worker = startWithTls(", client_ca_file: ca.crt")) {
      assertTrue(served(worker, showing(client)));
      assertEquals(Status.Code.UNAVAILABLE, outcome(worker, trusting(ours)));
      ChannelCredentials stranger = showing(theirs.sign("client"));
      assertEquals(Status.Code.UNAVAILABLE, outcome(worker, stranger));
      Refusals.await(worker, "tls_handshake", 2);
      write("ca.crt", theirs.authority());
      Polling.until(() -> served(worker, stranger));
      assertEquals(Status.Code.UNAVAILABLE, outcome(worker, showing(client)));
    }
  }

  @Test
  void unusableFilesKeepTheWorkerFromStarting() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    write("server.crt", server.certificate());
    write("server.key", client.key());
    assertStartFails(
        "tls: {cert_file: server.crt, key_file: server.key}",
        "tls.key_file " + folder.resolve("server.key") + " is not the key of tls.cert_file");
    assertStartFails(
        "auth: {tokens_file: tokens}",
        "auth.tokens_file " + folder.resolve("tokens") + " does not exist");
    write("tokens", "# none yet");
    assertStartFails(
        "auth: {tokens_file: tokens}",
        "auth.tokens_file " + folder.resolve("tokens") + " holds no token");
  }

  private void assertStartFails(String line, String why) {
    WorkerException failure =
        assertThrows(WorkerException.class, () -> TestWorker.startAsIs(folder, line).close());
    assertTrue(failure.getMessage().startsWith(why), failure.getMessage());
  }

  @Test
  void callsNeedATokenAndHealthDoesNot() throws Exception {
    write("tokens", "# ours\n" + TOKEN + "\n");
    try (TestWorker worker =
        TestWorker.start(folder, "auth: {tokens_file: tokens}").await(Readiness.State.SERVING)) {
      assertEquals("", refusal(worker, "Bearer " + TOKEN));
      assertEquals("", refusal(worker, "bearer  " + TOKEN));
      String missing = "Missing header; expected authorization: Bearer <token>";
      assertEquals(missing, refusal(worker, ""));
      assertEquals(missing, refusal(worker, TOKEN));
      assertEquals(missing, refusal(worker, "Basic " + TOKEN));
      String wrong = "The token of the header authorization is not accepted";
      assertEquals(wrong, refusal(worker, "Bearer "));
      assertEquals(wrong, refusal(worker, "Bearer " + OTHER_TOKEN));
      assertEquals(wrong, refusal(worker, "Bearer " + TOKEN + "x"));
      Refusals.await(worker, "unauthenticated", 6);
      assertEquals(6, Refusals.count(worker, "unauthenticated"));
      assertEquals(
          ServingStatus.SERVING,
          HealthGrpc.newBlockingStub(worker.channel)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus());
      assertEquals(Status.Code.UNAUTHENTICATED, reflected(worker));
    }
  }

  @Test
  void pageDoesNotSpeakWhereCallsNeedAToken() throws Exception {
    write("tokens", TOKEN);
    try (TestWorker worker =
        TestWorker.start(
                folder,
                "auth: {tokens_file: tokens}",
                "metrics: {enabled: true, prometheus_port: 0}")
            .await(Readiness.State.SERVING)) {
      WebClient web = new WebClient(worker);
      HttpResponse<InputStream> refused = web.speak("Hello.", "");
      assertEquals(403, refused.statusCode());
      try (InputStream body = refused.body()) {
        String why = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(why.contains("need a token"), why);
      }
      String status = web.get("/status.json").body();
      assertTrue(status.contains("\"longest_text\":0"), status);
    }
  }

  @Test
  void newTokensCountAndABrokenFileDoesNot() throws Exception {
    write("tokens", TOKEN);
    try (LogTap log = new LogTap("dev.ttsworker.grpc.security.FileWatch");
        TestWorker worker =
            TestWorker.start(folder, "auth: {tokens_file: tokens}")
                .await(Readiness.State.SERVING)) {
      write("tokens", "short");
      String told = log.lines.take();
      assertTrue(told.startsWith("ERROR auth.tokens_file " + folder.resolve("tokens")), told);
      assertFalse(told.contains("short"), told);
      assertEquals(List.of(1.0, 1.0), tokenReloads(worker));
      assertEquals("", refusal(worker, "Bearer " + TOKEN));
      write("tokens", OTHER_TOKEN);
      Polling.until(() -> refusal(worker, "Bearer " + OTHER_TOKEN).isEmpty());
      assertTrue(log.lines.take().startsWith("INFO Reloaded after a change: "));
      assertEquals(List.of(1.0, 0.0), tokenReloads(worker));
      assertTrue(refusal(worker, "Bearer " + TOKEN).contains("not accepted"));
    }
  }

  /// Failed ones since the start, and whether the latest failed.
  private static List<Double> tokenReloads(TestWorker worker) {
    Exposition page = Exposition.of(worker.worker.registry());
    return List.of(
        page.sum("tts_access_reload_errors_total", "role", "tokens"),
        page.sum("tts_access_reload_failed", "role", "tokens"));
  }

  private static boolean served(TestWorker worker, ChannelCredentials credentials) {
    return outcome(worker, credentials) == Status.Code.OK;
  }

  /// How a call on a connection of its own ends.
  private static Status.Code outcome(TestWorker worker, ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + worker.worker.port(), credentials).build();
    try {
      var _ =
          TTSServiceGrpc.newBlockingStub(channel)
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  private static ChannelCredentials trusting(Certificates authority) throws Exception {
    return TlsChannelCredentials.newBuilder().trustManager(stream(authority.authority())).build();
  }

  private static ChannelCredentials showing(Certificates.Signed shown) throws Exception {
    return TlsChannelCredentials.newBuilder()
        .trustManager(stream(ours.authority()))
        .keyManager(stream(shown.certificate()), stream(shown.key()))
        .build();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What a call with this header is told; empty when it is served.
  private static String refusal(TestWorker worker, String header) {
    Metadata headers = new Metadata();
    if (!header.isEmpty()) {
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
    }
    try {
      var _ =
          worker
              .stub()
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      return "";
    } catch (StatusRuntimeException e) {
      assertEquals(Status.Code.UNAUTHENTICATED, e.getStatus().getCode());
      assertEquals("UNAUTHENTICATED", RawCalls.reason(e));
      return String.valueOf(e.getStatus().getDescription());
    }
  }

  private static Status.Code reflected(TestWorker worker) {
    CompletableFuture<Status.Code> end = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(worker.channel)
            .serverReflectionInfo(
                new StreamObserver<ServerReflectionResponse>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {}

                  @Override
                  public void onError(Throwable failure) {
                    end.complete(Status.fromThrowable(failure).getCode());
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(Status.Code.OK);
                  }
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    requests.onCompleted();
    return end.join();
  }
}
