package dev.ttsworker.grpc.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fixture.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class TlsFilesTest {
  @TempDir static Path folder;
  private static Path certificate;
  private static Path key;
  private static Path otherKey;

  private final TlsFiles files = new TlsFiles(true);

  @BeforeAll
  static void sign() throws Exception {
    Certificates ours = new Certificates("ours");
    Certificates.Signed signed = ours.sign("one");
    certificate = Files.writeString(folder.resolve("one.crt"), signed.certificate());
    key = Files.writeString(folder.resolve("one.key"), signed.key());
    otherKey = Files.writeString(folder.resolve("two.key"), ours.sign("two").key());
  }

  @Test
  void validFilesAreLoaded() {
    Instant expires = files.loadIdentity(certificate, key);
    assertEquals(expires, files.loadClientAuthorities(certificate));
    long hours = Duration.between(Instant.now(), expires).toHours();
    assertTrue(hours > 24 && hours <= 48, expires::toString);
  }

  @Test
  void firstThatExpiresOfAChainIsReported() throws Exception {
    Path chain =
        Files.writeString(
            folder.resolve("chain.crt"),
            Files.readString(certificate) + new Certificates("brief", 1).authority());
    Instant brief = files.loadClientAuthorities(chain);
    assertEquals(brief, files.loadIdentity(chain, key));
    assertTrue(brief.isBefore(files.loadIdentity(certificate, key)));
    assertTrue(Duration.between(Instant.now(), brief).toHours() < 25, brief::toString);
  }

  @Test
  void invalidFilesAreReportedWithKeyAndFile() throws Exception {
    Path gone = folder.resolve("gone");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path text =
        Files.writeString(
            folder.resolve("text"),
            "-----BEGIN CERTIFICATE-----\nxxxx\n-----END CERTIFICATE-----\n");
    assertRejected("tls.cert_file", gone, "does not exist", () -> files.loadIdentity(gone, key));
    assertRejected("tls.cert_file", empty, "", () -> files.loadIdentity(empty, key));
    assertRejected("tls.cert_file", text, "", () -> files.loadIdentity(text, key));
    assertRejected(
        "tls.key_file", gone, "does not exist", () -> files.loadIdentity(certificate, gone));
    assertRejected(
        "tls.key_file",
        empty,
        "is not a private key in PEM",
        () -> files.loadIdentity(certificate, empty));
    assertRejected(
        "tls.key_file",
        certificate,
        "is not a private key in PEM",
        () -> files.loadIdentity(certificate, certificate));
    assertRejected(
        "tls.key_file",
        otherKey,
        "is not the key of tls.cert_file " + certificate,
        () -> files.loadIdentity(certificate, otherKey));
    assertRejected("tls.client_ca_file", empty, "", () -> files.loadClientAuthorities(empty));
  }

  private static void assertRejected(String setting, Path file, String problem, Executable load) {
    String warned = assertThrows(WorkerException.class, load).getMessage();
    assertTrue(warned.startsWith(setting + " " + file + " " + problem), warned);
    assertEquals(1, warned.lines().count(), warned);
  }
}
