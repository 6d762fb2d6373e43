package dev.ttsworker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Authorities and what they sign, made with the JDK's keytool.
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final int validDays;

  /// Makes an authority whose certificates, its own included, are valid for two days.
  ///
  /// @param folder gets the files; `name` tells them apart
  public Certificates(Path folder, String name) throws Exception {
    this(folder, name, 2);
  }

  /// As the other, with certificates that are valid for so many days.
  public Certificates(Path folder, String name, int validDays) throws Exception {
    this.validDays = validDays;
    store = folder.resolve(name + ".p12");
    keytool("-genkeypair", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
  }

  private void keytool(String command, String alias, String... more) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // Started often, and nobody attacks what it keeps.
                "-J-XX:TieredStopAtLevel=1",
                "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.macIterationCount=1",
                command,
                "-alias",
                alias,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity"));
    line.add(String.valueOf(validDays));
    line.addAll(List.of(more));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(told);
    }
  }

  /// Signs a certificate for `localhost`.
  public Signed sign(String alias) throws Exception {
    keytool(
        "-genkeypair",
        alias,
        "-dname",
        "CN=" + alias,
        "-signer",
        "ca",
        "-ext",
        "san=dns:localhost");
    KeyStore keys = keys();
    return new Signed(
        pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()),
        pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
  }

  /// The authority's certificate.
  public String authority() throws GeneralSecurityException, IOException {
    return pem("CERTIFICATE", keys().getCertificate("ca").getEncoded());
  }

  private KeyStore keys() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static String pem(String kind, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
  }

  /// A certificate and its key, in PEM.
  public record Signed(String certificate, String key) {}
}
