package dev.ttsworker.grpc.security;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CredentialStatus;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Access control of the gRPC port by TLS, client certificates and tokens, as configured; none by
/// default.
public final class AccessControl {
  private final List<FileWatch> watches = new ArrayList<>();
  private final ServerCredentials credentials;
  private final Optional<TokenFile> tokens;
  private final String encryption;

  /// Reads the files.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION`, naming key and file of
  ///   all that cannot be used, one a line
  public AccessControl(TlsSettings tls, AuthSettings auth) {
    List<String> problems = new ArrayList<>();
    encryption =
        tls.certFile().isEmpty()
            ? "cleartext"
            : "TLS, client certificates required: "
                + (tls.clientCaFile().isPresent() ? "yes" : "no");
    credentials =
        tls.certFile().isPresent() && tls.keyFile().isPresent()
            ? credentials(tls.certFile().get(), tls.keyFile().get(), tls.clientCaFile(), problems)
            : InsecureServerCredentials.create();
    tokens = auth.tokensFile().map(_ -> new TokenFile());
    auth.tokensFile()
        .ifPresent(file ->
            watch(
                "tokens",
                List.of(file),
                () -> {
                  tokens.orElseThrow().load(file);
                  return Optional.empty();
                },
                problems));
    if (!problems.isEmpty()) {
      throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, String.join("\n", problems));
    }
  }

  private ServerCredentials credentials(
      Path certificate, Path key, Optional<Path> clientCa, List<String> problems) {
    TlsFiles files = new TlsFiles(clientCa.isPresent());
    watch(
        "server_certificate",
        List.of(certificate, key),
        () -> Optional.of(files.loadIdentity(certificate, key)),
        problems);
    clientCa.ifPresent(ca ->
        watch(
            "client_ca",
            List.of(ca),
            () -> Optional.of(files.loadClientAuthorities(ca)),
            problems));
    return files.credentials();
  }

  private void watch(
      String role, List<Path> files, Supplier<Optional<Instant>> load, List<String> problems) {
    try {
      watches.add(new FileWatch(role, files, load));
    } catch (WorkerException e) {
      problems.add(e.getMessage());
    }
  }

  /// Summary for the log, with the present number of tokens.
  public String describe() {
    String known = tokens.map(file -> Integer.toString(file.size())).orElse("none needed");
    return encryption + ", tokens: " + known;
  }

  public ServerCredentials credentials() {
    return credentials;
  }

  /// Interceptor for all methods except health; empty when no token is required.
  public Optional<ServerInterceptor> tokenCheck() {
    return tokens.map(TokenCheck::new);
  }

  /// Whether a token is accepted, for ports beside gRPC's; empty when no token is required.
  public Optional<Predicate<String>> tokens() {
    return tokens.map(file -> file::accepts);
  }

  /// Status of the files, one for each configured role. Thread-safe.
  public List<CredentialStatus> statuses() {
    return watches.stream().map(FileWatch::status).toList();
  }

  /// Reloads changed files; to be called about once a second, by one thread at a time. A file that
  /// cannot be used is logged once, and the previous content stays in use.
  public void reloadIfChanged() {
    watches.forEach(FileWatch::reloadIfChanged);
  }
}
