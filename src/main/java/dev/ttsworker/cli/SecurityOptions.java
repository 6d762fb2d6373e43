package dev.ttsworker.cli;

import dev.ttsworker.client.Security;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options for TLS, certificates and tokens.
@Command // picocli takes no mixin without an annotation of its own
public final class SecurityOptions {
  /// Every option, for messages.
  public static final String NAMES = "--tls, --ca-file, --cert-file, --key-file and --token-file";

  @Option(names = "--tls", description = "Speak TLS; implied by the options with certificates.")
  private boolean tls;

  @Option(
      names = Security.CA_FILE,
      paramLabel = "FILE",
      description = "PEM file of trusted CAs; default: those that Java trusts.")
  private @Nullable Path authorities;

  @Option(
      names = Security.CERT_FILE,
      paramLabel = "FILE",
      description = "PEM: the certificate to show, with --key-file.")
  private @Nullable Path certificate;

  @Option(
      names = Security.KEY_FILE,
      paramLabel = "FILE",
      description = "PEM: private key of --cert-file.")
  private @Nullable Path key;

  @Option(
      names = Security.TOKEN_FILE,
      paramLabel = "FILE",
      description = "Send the first token of this file: one per line, # before comments.")
  private @Nullable Path token;

  public boolean isGiven() {
    return tls || authorities != null || certificate != null || key != null || token != null;
  }

  /// What the options say. Their files can be read; what they hold shows when they are used.
  ///
  /// @throws picocli.CommandLine.ParameterException naming option, value and what is wrong
  public Security chosen(Output output) {
    output.checkReadable(Security.CA_FILE, authorities);
    output.checkReadable(Security.CERT_FILE, certificate);
    output.checkReadable(Security.KEY_FILE, key);
    output.checkReadable(Security.TOKEN_FILE, token);
    try {
      return new Security(
          tls,
          Optional.ofNullable(authorities),
          Optional.ofNullable(certificate),
          Optional.ofNullable(key),
          Optional.ofNullable(token));
    } catch (WorkerException e) {
      throw output.misuse(e.getMessage());
    }
  }
}
