package dev.ttsworker.grpc.security;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.AccessReading;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How the port is guarded, as configured: by default not at all.
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

  /// Who may speak with the port, for the log; counts tokens as they are now.
  public String describe() {
    String known = tokens.map(file -> Integer.toString(file.size())).orElse("none needed");
    return encryption + ", tokens: " + known;
  }

  public ServerCredentials credentials() {
    return credentials;
  }

  /// What calls must pass, health aside; empty when anybody may call.
  public Optional<ServerInterceptor> tokenCheck() {
    return tokens.map(TokenCheck::new);
  }

  /// How the files stand, one for each role that is configured. Thread-safe.
  public List<AccessReading> readings() {
    return watches.stream().map(FileWatch::reading).toList();
  }

  /// Reads what has changed; meant to be called every second or so, one call at a time. A file that
  /// cannot be used leaves the former in use and is told once.
  public void look() {
    watches.forEach(FileWatch::look);
  }
}
