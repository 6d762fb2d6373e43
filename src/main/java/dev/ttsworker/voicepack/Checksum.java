package dev.ttsworker.voicepack;

import java.util.regex.Pattern;

/// Checksum: size and SHA-256 that a downloaded file must have.
///
/// @param size in bytes, at least 1
/// @param sha256 64 lower-case hexadecimal digits
public record Checksum(long size, String sha256) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public Checksum {
    if (size < 1 || !isSha256(sha256)) {
      throw new IllegalArgumentException("size " + size + ", sha256 " + sha256);
    }
  }

  public static boolean isSha256(String text) {
    return SHA_256.matcher(text).matches();
  }
}
