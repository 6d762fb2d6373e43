package dev.ttsworker.grpc.security;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// TLS credentials of the server: certificate, key, and authorities of client certificates.
/// Reloaded files apply to new connections.
final class TlsFiles {
  private static final String CERTIFICATE = "tls.cert_file";
  private static final String KEY = "tls.key_file";
  private static final String CLIENT_CA = "tls.client_ca_file";

  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final Optional<AdvancedTlsX509TrustManager> clients;

  /// @param requireClientCertificates whether clients must present a certificate
  TlsFiles(boolean requireClientCertificates) {
    try {
      clients =
          requireClientCertificates
              ? Optional.of(AdvancedTlsX509TrustManager.newBuilder().build())
              : Optional.empty();
    } catch (CertificateException e) {
      throw new IllegalStateException("The JDK has no trust manager", e);
    }
  }

  /// @return earliest expiry in the certificate chain
  /// @throws dev.ttsworker.error.WorkerException when a file cannot be used, or key and certificate
  ///   do not match; the previous ones stay in use
  Instant loadIdentity(Path certificateFile, Path keyFile) {
    X509Certificate[] chain = certificates(CERTIFICATE, certificateFile);
    PrivateKey key = privateKey(keyFile);
    if (!belongTogether(chain[0].getPublicKey(), key)) {
      throw CredentialFileErrors.file(
          KEY, keyFile, "is not the key of " + CERTIFICATE + " " + certificateFile, null);
    }
    keys.updateIdentityCredentials(chain, key);
    return firstExpiry(chain);
  }

  /// @return earliest expiry of the certificates
  /// @throws dev.ttsworker.error.WorkerException when the file cannot be used; the previous ones
  ///   stay in use
  Instant loadClientAuthorities(Path file) {
    X509Certificate[] authorities = certificates(CLIENT_CA, file);
    try {
      clients.orElseThrow().updateTrustCredentials(authorities);
      return firstExpiry(authorities);
    } catch (IOException | GeneralSecurityException e) {
      throw CredentialFileErrors.file(CLIENT_CA, file, "cannot be used: " + e.getMessage(), e);
    }
  }

  ServerCredentials credentials() {
    TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder().keyManager(keys);
    clients.ifPresent(trusted -> credentials.trustManager(trusted).clientAuth(ClientAuth.REQUIRE));
    return credentials.build();
  }

  /// @param certificates at least one
  private static Instant firstExpiry(X509Certificate[] certificates) {
    return Stream.of(certificates)
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static X509Certificate[] certificates(String setting, Path file) {
    X509Certificate[] found;
    try (InputStream pem = Files.newInputStream(file)) {
      found = CertificateUtils.getX509Certificates(pem);
    } catch (IOException e) {
      throw CredentialFileErrors.unread(setting, file, e);
    } catch (CertificateException e) {
      throw CredentialFileErrors.file(setting, file, "is not a certificate in PEM", e);
    }
    if (found.length == 0) {
      throw CredentialFileErrors.file(setting, file, "holds no certificate in PEM", null);
    }
    return found;
  }

  private static PrivateKey privateKey(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateUtils.getPrivateKey(pem);
    } catch (IOException e) {
      throw CredentialFileErrors.unread(KEY, file, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw CredentialFileErrors.file(
          KEY, file, "is not a private key in PEM (PKCS #8, not encrypted, RSA or EC)", e);
    }
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key) {
    byte[] anything = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(anything);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKindOfKey) {
      return false;
    }
  }

  private static String signatureOf(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }
}
