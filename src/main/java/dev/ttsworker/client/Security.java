package dev.ttsworker.client;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Channel security of a client: TLS, certificates and token.
///
/// @param tls whether to use TLS even if no file requires it
/// @param authorities PEM: trusted authorities of the worker's certificate; empty: those of Java
/// @param certificate PEM: client certificate, together with `key`
/// @param token file whose first line that is not a comment is sent with every call
public record Security(
    boolean tls,
    Optional<Path> authorities,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> token) {
  /// Clear text, no token.
  public static final Security NONE =
      new Security(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public static final String CA_FILE = "--ca-file";
  public static final String CERT_FILE = "--cert-file";
  public static final String KEY_FILE = "--key-file";
  public static final String TOKEN_FILE = "--token-file";

  private static final long MAX_FILE_BYTES = 1 << 20;

  /// Logs a stack trace for an unknown host name, which the call reports too.
  private static final Logger RESOLVER = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  public Security {
    if (certificate.isPresent() != key.isPresent()) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD, CERT_FILE + " and " + KEY_FILE + " go together");
    }
    tls = tls || authorities.isPresent() || certificate.isPresent();
  }

  /// Creates a channel builder for `target`, with certificates and token as the files are now. The
  /// caller builds the channel, and shuts it down.
  ///
  /// @param target `HOST:PORT`
  /// @throws WorkerException `INVALID_FIELD` naming the option and the file that cannot be used
  public ManagedChannelBuilder<?> channel(String target) {
    RESOLVER.setLevel(Level.OFF);
    ManagedChannelBuilder<?> channel = Grpc.newChannelBuilder(target, credentials());
    token.ifPresent(file -> {
      Metadata header = new Metadata();
      header.put(AUTHORIZATION, "Bearer " + firstToken(file));
      channel.intercept(MetadataUtils.newAttachHeadersInterceptor(header));
    });
    return channel;
  }

  private ChannelCredentials credentials() {
    if (!tls) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    try {
      if (authorities.isPresent()) {
        credentials.trustManager(stream(certificates(CA_FILE, authorities.get())));
      }
      if (certificate.isPresent() && key.isPresent()) {
        credentials.keyManager(
            stream(certificates(CERT_FILE, certificate.get())), stream(privateKey(key.get())));
      }
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read", e);
    }
    return credentials.build();
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] certificates(String option, Path file) {
    byte[] pem = bytes(option, file);
    try {
      if (CertificateUtils.getX509Certificates(stream(pem)).length == 0) {
        throw unusable(option, file, "holds no certificate in PEM", null);
      }
    } catch (GeneralSecurityException e) {
      throw unusable(option, file, "is not a certificate in PEM", e);
    }
    return pem;
  }

  private static byte[] privateKey(Path file) {
    byte[] pem = bytes(KEY_FILE, file);
    try {
      var _ = CertificateUtils.getPrivateKey(stream(pem));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(
          KEY_FILE, file, "is not a private key in PEM (PKCS #8, not encrypted, RSA or EC)", e);
    }
    return pem;
  }

  private static String firstToken(Path file) {
    String token =
        new String(bytes(TOKEN_FILE, file), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElseThrow(() -> unusable(TOKEN_FILE, file, "holds no token", null));
    if (!token.chars().allMatch(sign -> sign > ' ' && sign < 0x7F)) {
      throw unusable(
          TOKEN_FILE, file, "has a first token that is not visible ASCII characters", null);
    }
    return token;
  }

  private static byte[] bytes(String option, Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw unusable(option, file, "is a folder", null);
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw unusable(option, file, "has more than " + MAX_FILE_BYTES + " bytes", null);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unusable(option, file, reason(e), e);
    }
  }

  /// Reason why an option's file cannot be read: the text after `--option FILE: `.
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "file not found";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "not UTF-8";
      default -> "cannot be read: " + failure.getClass().getSimpleName();
    };
  }

  private static WorkerException unusable(
      String option, Path file, String problem, @Nullable Exception e) {
    return new WorkerException(ErrorCode.INVALID_FIELD, option + " " + file + ": " + problem, e);
  }
}
