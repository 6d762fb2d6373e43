package dev.ttsworker.engine.runtime;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ELF symbol versions of ONNX Runtime's libraries, such as `VERS_1.28.0`: the linker rejects a
/// library that requires another version. Source: the ELF symbol versioning of the Linux Standard
/// Base, where a required version is a string and its hash.
final class SymbolVersion {
  private static final Pattern MARK = Pattern.compile("\0(VERS_[0-9.]{3,20})(?=\0)");

  private SymbolVersion() {}

  /// A copy of `binding` that requires the version of `core`.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when that cannot be done
  static byte[] adapt(byte[] binding, byte[] core) {
    Optional<String> wanted = mark(binding);
    Optional<String> there = mark(core);
    if (wanted.isEmpty() || there.isEmpty() || wanted.equals(there)) {
      return binding.clone();
    }
    return replaced(binding, wanted.get(), there.get());
  }

  private static Optional<String> mark(byte[] library) {
    Matcher matcher = MARK.matcher(new String(library, StandardCharsets.ISO_8859_1));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static byte[] replaced(byte[] binding, String from, String to) {
    String text = new String(binding, StandardCharsets.ISO_8859_1);
    int name = text.indexOf("\0" + from + "\0") + 1;
    int hash = onlyPlace(binding, hash(from));
    if (from.length() != to.length() || hash < 0) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "engine.native_path: the Java binding for %s cannot be made to use %s; put a %s of that version into the folder"
              .formatted(from, to, "libonnxruntime4j_jni.so"));
    }
    byte[] adapted = binding.clone();
    System.arraycopy(to.getBytes(StandardCharsets.ISO_8859_1), 0, adapted, name, to.length());
    ByteBuffer _ = ByteBuffer.wrap(adapted).order(ByteOrder.LITTLE_ENDIAN).putInt(hash, hash(to));
    return adapted;
  }

  /// Aligned offset of a number; negative when it does not occur exactly once.
  private static int onlyPlace(byte[] library, int number) {
    ByteBuffer words = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
    int found = -1;
    for (int at = 0; at + Integer.BYTES <= library.length; at += Integer.BYTES) {
      if (words.getInt(at) == number) {
        if (found >= 0) {
          return -1;
        }
        found = at;
      }
    }
    return found;
  }

  /// The hash of the System V ABI.
  static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash << 4) + name.charAt(i);
      int high = hash & 0xf0000000;
      hash = (hash ^ (high >>> 24)) & ~high;
    }
    return hash;
  }
}
