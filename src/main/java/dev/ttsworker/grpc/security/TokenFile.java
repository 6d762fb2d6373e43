package dev.ttsworker.grpc.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Accepted tokens: one per line of a file, `#` before comments; only their hashes are kept.
/// Thread-safe.
final class TokenFile {
  private static final String SETTING = "auth.tokens_file";
  private static final int MIN_TOKEN_CHARS = 16;
  private static final int MAX_TOKEN_CHARS = 1_000;
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private volatile List<byte[]> hashes = List.of();

  /// @throws dev.ttsworker.error.WorkerException when the file cannot be used; the previous tokens
  ///   stay in use
  void load(Path file) {
    List<byte[]> read = new ArrayList<>();
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      String token = line.strip();
      if (!token.isEmpty() && token.charAt(0) != '#') {
        read.add(hash(checked(token, file, number)));
      }
    }
    if (read.isEmpty()) {
      throw CredentialFileErrors.file(SETTING, file, "holds no token; allowed: one a line", null);
    }
    hashes = List.copyOf(read);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw CredentialFileErrors.file(
            SETTING, file, "has more than " + MAX_FILE_BYTES + " bytes", null);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw CredentialFileErrors.unread(SETTING, file, e);
    }
  }

  private static String checked(String token, Path file, int line) {
    if (token.length() < MIN_TOKEN_CHARS
        || token.length() > MAX_TOKEN_CHARS
        || !TOKEN.matcher(token).matches()) {
      throw CredentialFileErrors.file(
          SETTING,
          file,
          "has a token on line %d that is not allowed: allowed %d to %d visible ASCII characters"
              .formatted(line, MIN_TOKEN_CHARS, MAX_TOKEN_CHARS),
          null);
    }
    return token;
  }

  /// Number of accepted tokens.
  int size() {
    return hashes.size();
  }

  /// Constant-time: independent of which token matches, if any.
  boolean accepts(String token) {
    byte[] candidate = hash(token);
    boolean found = false;
    for (byte[] known : hashes) {
      found |= MessageDigest.isEqual(known, candidate);
    }
    return found;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
