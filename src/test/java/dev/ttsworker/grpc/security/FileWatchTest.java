package dev.ttsworker.grpc.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.AccessReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  @TempDir Path folder;
  private Path file;
  private String loaded = "";
  private int loads;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("f"), "one");
  }

  private Optional<Instant> load() {
    loads++;
    try {
      String text = Files.readString(file);
      if (text.startsWith("bad")) {
        throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, text);
      }
      loaded = text;
      return Optional.of(Instant.ofEpochSecond(text.length()));
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, "gone", e);
    }
  }

  @Test
  void loadsOnceWhileNothingChanges() {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    watch.look();
    watch.look();
    assertEquals(1, loads);
    assertEquals("one", loaded);
  }

  @Test
  void changeIsLoadedWhenItHasSettled() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Files.writeString(file, "half");
    watch.look();
    Files.writeString(file, "whole thing");
    watch.look();
    assertEquals("one", loaded);
    watch.look();
    assertEquals("whole thing", loaded);
    watch.look();
    assertEquals(2, loads);
  }

  @Test
  void fileMovedIntoPlaceIsAChangeWhateverItsTimeAndSize() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    watch.look();
    watch.look();
    assertEquals("two", loaded);
  }

  @Test
  void whatCannotBeUsedIsTriedOnceAndTheFormerStays() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Files.writeString(file, "bad thing");
    for (int i = 0; i < 5; i++) {
      watch.look();
    }
    assertEquals(2, loads);
    assertEquals("one", loaded);
    Files.delete(file);
    for (int i = 0; i < 5; i++) {
      watch.look();
    }
    assertEquals(3, loads);
    Files.writeString(file, "good");
    watch.look();
    watch.look();
    assertEquals("good", loaded);
  }

  @Test
  void readingFollowsFailedReloadsAndWhatIsInUse() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Optional<Instant> first = Optional.of(Instant.ofEpochSecond("one".length()));
    assertEquals(new AccessReading("role", 0, false, first), watch.reading());
    for (int failures = 1; failures <= 2; failures++) {
      Files.writeString(file, "bad thing " + failures);
      watch.look();
      watch.look();
      watch.look();
      assertEquals(new AccessReading("role", failures, true, first), watch.reading());
    }
    Files.writeString(file, "twelve");
    watch.look();
    watch.look();
    Optional<Instant> second = Optional.of(Instant.ofEpochSecond("twelve".length()));
    assertEquals(new AccessReading("role", 2, false, second), watch.reading());
  }

  @Test
  void whatCannotBeUsedAtTheStartIsAnError() throws IOException {
    Files.writeString(file, "bad");
    assertThrows(WorkerException.class, () -> new FileWatch("role", List.of(file), this::load));
  }
}
