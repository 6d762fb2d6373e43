package dev.ttsworker.config.reader;

import dev.ttsworker.config.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys of `tls`.
final class TlsKeys {
  static final Key<Optional<Path>> CERT_FILE =
      Key.optional("tls.cert_file", ModelKeys.path(), c -> c.tls().certFile());

  static final Key<Optional<Path>> KEY_FILE =
      Key.optional("tls.key_file", ModelKeys.path(), c -> c.tls().keyFile());

  static final Key<Optional<Path>> CLIENT_CA_FILE =
      Key.optional("tls.client_ca_file", ModelKeys.path(), c -> c.tls().clientCaFile());

  static final List<Key<?>> ALL = List.of(CERT_FILE, KEY_FILE, CLIENT_CA_FILE);

  private TlsKeys() {}

  static TlsSettings read(Sources sources) {
    TlsSettings settings =
        new TlsSettings(
            sources.get(CERT_FILE).map(sources::resolve),
            sources.get(KEY_FILE).map(sources::resolve),
            sources.get(CLIENT_CA_FILE).map(sources::resolve));
    boolean certificate = settings.certFile().isPresent();
    if (certificate != settings.keyFile().isPresent()) {
      sources.conflict(
          certificate ? CERT_FILE : KEY_FILE,
          "is given alone; allowed: tls.cert_file and tls.key_file together, or neither");
    } else if (settings.clientCaFile().isPresent() && !certificate) {
      sources.conflict(
          CLIENT_CA_FILE, "is given alone; allowed: with tls.cert_file and tls.key_file only");
    }
    return settings;
  }
}
