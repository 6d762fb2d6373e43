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

/// The tokens that calls may carry, one a line of a file, `#` before comments; only their hashes
/// are kept. Thread-safe.
final class TokenFile {
  private static final String SETTING = "auth.tokens_file";
  private static final int SHORTEST = 16;
  private static final int LONGEST = 1_000;
  private static final int LARGEST_BYTES = 1 << 20;
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private volatile List<byte[]> hashes = List.of();

  /// @throws dev.ttsworker.error.WorkerException when the file cannot be used; the tokens loaded
  ///   before stay
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
      if (Files.size(file) > LARGEST_BYTES) {
        throw CredentialFileErrors.file(
            SETTING, file, "has more than " + LARGEST_BYTES + " bytes", null);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw CredentialFileErrors.unread(SETTING, file, e);
    }
  }

  private static String checked(String token, Path file, int line) {
    if (token.length() < SHORTEST || token.length() > LONGEST || !TOKEN.matcher(token).matches()) {
      throw CredentialFileErrors.file(
          SETTING,
          file,
          "has a token on line %d that is not allowed: allowed %d to %d visible ASCII characters"
              .formatted(line, SHORTEST, LONGEST),
          null);
    }
    return token;
  }

  /// How many tokens are accepted.
  int size() {
    return hashes.size();
  }

  /// Takes as long whichever token it is, or none.
  boolean accepts(String token) {
    byte[] asked = hash(token);
    boolean found = false;
    for (byte[] known : hashes) {
      found |= MessageDigest.isEqual(known, asked);
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
