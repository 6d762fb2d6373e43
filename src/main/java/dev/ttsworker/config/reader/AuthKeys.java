package dev.ttsworker.config.reader;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.config.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys of `auth`.
final class AuthKeys {
  static final Key<Optional<Path>> TOKENS_FILE =
      Key.optional("auth.tokens_file", ModelKeys.path(), c -> c.auth().tokensFile());

  static final List<Key<?>> ALL = List.of(TOKENS_FILE);

  private AuthKeys() {}

  /// Warns when tokens would travel in clear text over a network.
  static AuthSettings read(Sources sources, TlsSettings tls, WorkerSettings worker) {
    AuthSettings settings = new AuthSettings(sources.get(TOKENS_FILE).map(sources::resolve));
    String host = worker.grpcHost();
    if (settings.tokensFile().isPresent() && tls.certFile().isEmpty() && !isLoopback(host)) {
      sources.warn(
          "auth.tokens_file is set without tls.cert_file: tokens travel in clear text to "
              + WorkerKeys.GRPC_HOST.path()
              + " "
              + host);
    }
    return settings;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.matches("\\[?::1]?");
  }
}
