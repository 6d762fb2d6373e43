package dev.ttsworker.access;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.metrics.AccessReading;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the port is guarded, as configured: by default not at all.
public final class Access {
  private final List<FileWatch> watches = new ArrayList<>();
  private final ServerCredentials credentials;
  private final Optional<ServerInterceptor> tokenCheck;

  /// Reads the files.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION`, naming the key and the
  ///   file that cannot be used
  public Access(TlsSettings tls, AuthSettings auth) {
    credentials =
        tls.certFile().isPresent() && tls.keyFile().isPresent()
            ? credentials(tls.certFile().get(), tls.keyFile().get(), tls.clientCaFile())
            : InsecureServerCredentials.create();
    tokenCheck = auth.tokensFile().map(this::tokenCheck);
  }

  private ServerCredentials credentials(Path certificate, Path key, Optional<Path> clientCa) {
    TlsFiles files = new TlsFiles(clientCa.isPresent());
    watches.add(
        new FileWatch(
            "server_certificate",
            List.of(certificate, key),
            () -> Optional.of(files.loadIdentity(certificate, key))));
    clientCa.ifPresent(ca ->
        watches.add(
            new FileWatch(
                "client_ca", List.of(ca), () -> Optional.of(files.loadClientAuthorities(ca)))));
    return files.credentials();
  }

  private ServerInterceptor tokenCheck(Path file) {
    TokenFile tokens = new TokenFile();
    watches.add(
        new FileWatch(
            "tokens",
            List.of(file),
            () -> {
              tokens.load(file);
              return Optional.empty();
            }));
    return new TokenCheck(tokens);
  }

  public ServerCredentials credentials() {
    return credentials;
  }

  /// What calls must pass, health aside; empty when anybody may call.
  public Optional<ServerInterceptor> tokenCheck() {
    return tokenCheck;
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
