package dev.ttsworker.voicepack;

import java.util.regex.Pattern;

/// Checksum: size and digest that a downloaded file must have.
///
/// @param size in bytes, at least 1
/// @param kind of the digest
/// @param digest lower-case hexadecimal digits, as many as the kind has
public record Checksum(long size, Kind kind, String digest) {
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+");

  /// What the digest is. MD5 finds damage, but not intent: it is for files of which their publisher
  /// gives nothing better.
  public enum Kind {
    SHA_256("sha256", "SHA-256", 64),
    MD5("md5", "MD5", 32);

    private final String label;
    private final String algorithm;
    private final int digits;

    Kind(String label, String algorithm, int digits) {
      this.label = label;
      this.algorithm = algorithm;
      this.digits = digits;
    }

    /// As messages and catalogues name it.
    public String label() {
      return label;
    }

    /// As Java names it.
    String algorithm() {
      return algorithm;
    }

    boolean matches(String text) {
      return text.length() == digits && HEXADECIMAL.matcher(text).matches();
    }
  }

  public Checksum {
    if (size < 1 || !kind.matches(digest)) {
      throw new IllegalArgumentException("size " + size + ", " + kind.label() + " " + digest);
    }
  }

  public static Checksum sha256(long size, String digest) {
    return new Checksum(size, Kind.SHA_256, digest);
  }

  public static boolean isSha256(String text) {
    return Kind.SHA_256.matches(text);
  }

  public static boolean isMd5(String text) {
    return Kind.MD5.matches(text);
  }
}
