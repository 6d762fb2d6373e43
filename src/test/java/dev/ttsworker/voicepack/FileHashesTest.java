package dev.ttsworker.voicepack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileHashesTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("file"), bytes);
  }

  @Test
  void checksumsAreThoseOfTheirStandards() throws Exception {
    // The check values of CRC-32 and CRC-32C for this text, and its length.
    byte[] text = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals("cbf43926" + "e3069283" + "0000000000000009", FileHashes.checksum(file(text)));
    assertEquals("0".repeat(32), FileHashes.checksum(file(new byte[0])));
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    byte[] bytes = new byte[100_000];
    Random random = new Random(1);
    random.nextBytes(bytes);
    String whole = FileHashes.checksum(file(bytes));
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      assertNotEquals(whole, FileHashes.checksum(file(bytes)));
      whole = FileHashes.checksum(file(bytes));
    }
  }
}
