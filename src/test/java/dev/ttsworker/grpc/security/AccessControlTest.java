package dev.ttsworker.grpc.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessControlTest {
  private static final TlsSettings NO_TLS =
      new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir Path folder;

  private Optional<Path> write(String name, String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve(name), text));
  }

  @Test
  void describesWhatIsConfigured() throws Exception {
    assertEquals(
        "cleartext, tokens: none needed",
        new AccessControl(NO_TLS, new AuthSettings(Optional.empty())).describe());
    Certificates ours = new Certificates("ours");
    Certificates.Signed server = ours.sign("server");
    Optional<Path> certificate = write("server.crt", server.certificate());
    Optional<Path> key = write("server.key", server.key());
    AuthSettings tokens = new AuthSettings(write("tokens", "# ours\n" + "a".repeat(16) + "\n"));
    assertEquals(
        "TLS, client certificates required: no, tokens: 1",
        new AccessControl(new TlsSettings(certificate, key, Optional.empty()), tokens).describe());
    TlsSettings mutual = new TlsSettings(certificate, key, write("ca.crt", ours.authority()));
    assertEquals(
        "TLS, client certificates required: yes, tokens: 1",
        new AccessControl(mutual, tokens).describe());
  }

  @Test
  void everyUnusableFileIsNamed() {
    Optional<Path> gone = Optional.of(folder.resolve("gone"));
    WorkerException failure =
        assertThrows(
            WorkerException.class,
            () -> new AccessControl(new TlsSettings(gone, gone, gone), new AuthSettings(gone)));
    assertEquals(
        List.of("tls.cert_file", "tls.client_ca_file", "auth.tokens_file"),
        failure.getMessage().lines().map(line -> line.substring(0, line.indexOf(' '))).toList());
  }
}
