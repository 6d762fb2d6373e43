package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SymbolVersionTest {
  /// As `readelf -V` shows it for this name.
  private static final int HASH_OF_GLIBC_2_2_5 = 0x09691a75;

  @Test
  void hashIsThatOfTheAbi() {
    assertEquals(HASH_OF_GLIBC_2_2_5, SymbolVersion.hash("GLIBC_2.2.5"));
  }

  @Test
  void bindingAsksForTheVersionThatThereIs() {
    byte[] binding = library("VERS_1.28.0", SymbolVersion.hash("VERS_1.28.0"));
    byte[] adapted = SymbolVersion.adapt(binding, library("VERS_1.31.1", 0));
    assertArrayEquals(library("VERS_1.31.1", SymbolVersion.hash("VERS_1.31.1")), adapted);
  }

  @Test
  void sameVersionOrNoneStaysAsItIs() {
    byte[] binding = library("VERS_1.28.0", SymbolVersion.hash("VERS_1.28.0"));
    assertArrayEquals(binding, SymbolVersion.adapt(binding, binding));
    assertArrayEquals(binding, SymbolVersion.adapt(binding, library("none", 0)));
  }

  @Test
  void whatCannotBeAdaptedIsReported() {
    byte[] binding = library("VERS_1.28.0", SymbolVersion.hash("VERS_1.28.0"));
    assertRefused(binding, library("VERS_1.128.0", 0));
    assertRefused(library("VERS_1.28.0", 4711), library("VERS_1.31.1", 0));
  }

  private static void assertRefused(byte[] binding, byte[] core) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> SymbolVersion.adapt(binding, core));
    assertTrue(thrown.getMessage().startsWith("engine.native_path: "), thrown.getMessage());
  }

  private static byte[] library(String version, int hash) {
    byte[] name = ("\0" + version + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x7f)
        .putInt(hash)
        .put(name)
        .array();
  }
}
