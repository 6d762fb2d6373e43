package dev.ttsworker.grpc.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {
  private static final String FIRST = "first-token-0123456789";
  private static final String SECOND = "second/token+0123==";

  @TempDir Path folder;
  private final TokenFile tokens = new TokenFile();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("tokens");
  }

  @Test
  void eachTokenIsAcceptedAndNothingElse() throws IOException {
    tokens.load(
        Files.writeString(
            file, "# ours\r\n" + FIRST + "\r\n\n  " + SECOND + " \n#" + "x".repeat(20)));
    assertTrue(tokens.accepts(FIRST));
    assertTrue(tokens.accepts(SECOND));
    assertFalse(tokens.accepts(""));
    assertFalse(tokens.accepts(FIRST + "0"));
    assertFalse(tokens.accepts(FIRST.substring(1)));
    assertFalse(tokens.accepts("x".repeat(20)));
  }

  @Test
  void noTokenIsAcceptedBeforeTokensAreRead() {
    assertFalse(tokens.accepts(""));
  }

  @Test
  void invalidFilesAreReportedWithoutTheirContent() throws IOException {
    assertRejected("does not exist");
    Files.writeString(file, "# nothing\n\n");
    assertRejected("holds no token; allowed: one a line");
    Files.writeString(file, FIRST + "\nsecret-of-15-ch\n");
    assertRejected("has a token on line 2 that is not allowed: allowed 16 to 1000 visible ASCII");
    Files.writeString(file, "secret with a space in it\n");
    assertRejected("has a token on line 1 that is not allowed");
    Files.writeString(file, "s".repeat(1_001));
    assertRejected("has a token on line 1 that is not allowed");
    Files.write(file, new byte[] {(byte) 0xc3, 0x28});
    assertRejected("cannot be read: MalformedInputException");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertRejected("has more than 1048576 bytes");
  }

  private void assertRejected(String problem) {
    WorkerException failure = assertThrows(WorkerException.class, () -> tokens.load(file));
    String warned = failure.getMessage();
    assertTrue(warned.startsWith("auth.tokens_file " + file + " " + problem), warned);
    assertFalse(warned.contains("secret"), warned);
    assertEquals(1, warned.lines().count());
  }

  @Test
  void brokenFileLeavesTheFormerTokens() throws IOException {
    tokens.load(Files.writeString(file, FIRST));
    Files.writeString(file, "");
    assertThrows(WorkerException.class, () -> tokens.load(file));
    assertTrue(tokens.accepts(FIRST));
  }
}
