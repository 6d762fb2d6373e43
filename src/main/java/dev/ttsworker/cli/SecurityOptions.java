package dev.ttsworker.cli;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelRegistry.ProviderNotFoundException;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How a command shows itself to a guarded worker.
@Command // picocli takes no mixin without an annotation of its own
final class SecurityOptions {
  private static final String FILES = "--ca-file, --cert-file, --key-file and --token-file";

  /// Every option, for messages.
  static final String NAMES = "--tls, " + FILES;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Option(names = "--tls", description = "Speak TLS; implied by the options with files.")
  private boolean tls;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM: who may have signed the worker's certificate; default: as this machine.")
  private @Nullable Path authorities;

  @Option(
      names = "--cert-file",
      paramLabel = "FILE",
      description = "PEM: the certificate to show, with --key-file.")
  private @Nullable Path certificate;

  @Option(names = "--key-file", paramLabel = "FILE", description = "PEM: its key.")
  private @Nullable Path key;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Send the first token of this file: one a line, # before comments.")
  private @Nullable Path token;

  boolean isGiven() {
    return tls || authorities != null || certificate != null || key != null || token != null;
  }

  /// Refuses files that cannot be read, and options that do not go together.
  ///
  /// @throws picocli.CommandLine.ParameterException naming option, value and what is allowed
  void check(Output output) {
    output.checkReadable("--ca-file", authorities);
    output.checkReadable("--cert-file", certificate);
    output.checkReadable("--key-file", key);
    output.checkReadable("--token-file", token);
    if ((certificate == null) != (key == null)) {
      throw output.misuse("--cert-file and --key-file go together");
    }
  }

  /// The caller shuts the channel down.
  ///
  /// @throws picocli.CommandLine.ParameterException when a file cannot be used
  ManagedChannel connect(String target, Output output) {
    try {
      ManagedChannelBuilder<?> channel = Grpc.newChannelBuilder(target, credentials());
      if (token != null) {
        Metadata header = new Metadata();
        header.put(AUTHORIZATION, "Bearer " + firstToken(token));
        channel.intercept(MetadataUtils.newAttachHeadersInterceptor(header));
      }
      return channel.build();
    } catch (IOException | IllegalArgumentException | ProviderNotFoundException e) {
      throw output.misuse("A file of " + FILES + " cannot be used: " + e.getMessage());
    }
  }

  private ChannelCredentials credentials() throws IOException {
    if (!tls && authorities == null && certificate == null && key == null) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    if (authorities != null) {
      credentials.trustManager(authorities.toFile());
    }
    if (certificate != null && key != null) {
      credentials.keyManager(certificate.toFile(), key.toFile());
    }
    return credentials.build();
  }

  private static String firstToken(Path file) throws IOException {
    return Files.readString(file)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(file + " holds no token"));
  }
}
