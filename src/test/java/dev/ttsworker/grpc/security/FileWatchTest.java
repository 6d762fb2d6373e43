package dev.ttsworker.grpc.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CredentialStatus;
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
    watch.reloadIfChanged();
    watch.reloadIfChanged();
    assertEquals(1, loads);
    assertEquals("one", loaded);
  }

  @Test
  void changeIsLoadedWhenItHasSettled() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Files.writeString(file, "half");
    watch.reloadIfChanged();
    Files.writeString(file, "whole thing");
    watch.reloadIfChanged();
    assertEquals("one", loaded);
    watch.reloadIfChanged();
    assertEquals("whole thing", loaded);
    watch.reloadIfChanged();
    assertEquals(2, loads);
  }

  @Test
  void fileMovedIntoPlaceIsAChangeWhateverItsTimeAndSize() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    watch.reloadIfChanged();
    watch.reloadIfChanged();
    assertEquals("two", loaded);
  }

  @Test
  void unusableFileIsTriedOnceAndTheFormerContentStays() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Files.writeString(file, "bad thing");
    for (int i = 0; i < 5; i++) {
      watch.reloadIfChanged();
    }
    assertEquals(2, loads);
    assertEquals("one", loaded);
    Files.delete(file);
    for (int i = 0; i < 5; i++) {
      watch.reloadIfChanged();
    }
    assertEquals(3, loads);
    Files.writeString(file, "good");
    watch.reloadIfChanged();
    watch.reloadIfChanged();
    assertEquals("good", loaded);
  }

  @Test
  void statusFollowsFailedReloadsAndWhatIsInUse() throws IOException {
    FileWatch watch = new FileWatch("role", List.of(file), this::load);
    Optional<Instant> first = Optional.of(Instant.ofEpochSecond("one".length()));
    assertEquals(new CredentialStatus("role", 0, false, first), watch.status());
    for (int failures = 1; failures <= 2; failures++) {
      Files.writeString(file, "bad thing " + failures);
      watch.reloadIfChanged();
      watch.reloadIfChanged();
      watch.reloadIfChanged();
      assertEquals(new CredentialStatus("role", failures, true, first), watch.status());
    }
    Files.writeString(file, "twelve");
    watch.reloadIfChanged();
    watch.reloadIfChanged();
    Optional<Instant> second = Optional.of(Instant.ofEpochSecond("twelve".length()));
    assertEquals(new CredentialStatus("role", 2, false, second), watch.status());
  }

  @Test
  void unusableFileAtTheStartIsAnError() throws IOException {
    Files.writeString(file, "bad");
    assertThrows(WorkerException.class, () -> new FileWatch("role", List.of(file), this::load));
  }
}
