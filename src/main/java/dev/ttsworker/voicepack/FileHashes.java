package dev.ttsworker.voicepack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// File hashes: whether a file is still the same. SHA-256 also stands up to deceit; it takes a
/// second for a voice, since HotSpot's quick compiler does not know the processor's instructions
/// for it.
public final class FileHashes {
  private static final int BUFFER_BYTES = 1 << 16;

  private FileHashes() {}

  /// SHA-256 in hexadecimal digits.
  public static String sha256(Path file) throws IOException {
    return digest(file, Checksum.Kind.SHA_256);
  }

  /// A file's digest in hexadecimal digits.
  public static String digest(Path file, Checksum.Kind kind) throws IOException {
    requireRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = newDigest(kind);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /// Two cyclic checksums and the length, in hexadecimal digits: for files of our own making, of
  /// which damage or another version is to be noticed at every start. A hundred times as quick.
  public static String checksum(Path file) throws IOException {
    CRC32 one = new CRC32();
    CRC32C other = new CRC32C();
    long length = 0;
    requireRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        one.update(buffer, 0, read);
        other.update(buffer, 0, read);
        length += read;
      }
    }
    return "%08x%08x%016x".formatted(one.getValue(), other.getValue(), length);
  }

  /// A pipe would block for ever.
  private static void requireRegular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file.getFileName() + " is not a regular file");
    }
  }

  /// For bytes that do not lie in a file yet.
  public static MessageDigest newDigest(Checksum.Kind kind) {
    try {
      return MessageDigest.getInstance(kind.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + kind.algorithm(), e);
    }
  }
}
