package dev.ttsworker.bench.load;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/// Sentences to be spoken.
///
/// @param name of a built-in set, or the file's
public record SentenceSet(String name, List<String> sentences) {
  /// The built-in sets: 5 to 9 words, 3 to 45, 30 to 45.
  public static final List<String> BUILT_IN = List.of("short", "mixed", "long");

  private static final String FOLDER = "/dev/ttsworker/bench/";

  public SentenceSet {
    sentences = List.copyOf(sentences);
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("no sentences");
    }
  }

  /// One of [#BUILT_IN].
  public static SentenceSet builtIn(String name) {
    try (InputStream in = SentenceSet.class.getResourceAsStream(FOLDER + name + ".txt")) {
      if (in == null) {
        throw new IllegalArgumentException(name + " is none of " + BUILT_IN);
      }
      return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a UTF-8 file with one sentence on each line; blank lines do not count.
  ///
  /// @throws WorkerException when it cannot be read or holds no sentence
  public static SentenceSet read(Path file) {
    try {
      String text = Files.readString(file);
      if (text.isBlank()) {
        throw new WorkerException(
            ErrorCode.INVALID_FIELD, "--file " + file + " is empty; allowed: one sentence a line");
      }
      return of(String.valueOf(file.getFileName()), text);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "--file " + file + " cannot be read: " + reason(e) + "; allowed: a UTF-8 text file",
          e);
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case CharacterCodingException _ -> "not UTF-8";
      case NoSuchFileException _ -> "file not found";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static SentenceSet of(String name, String text) {
    return new SentenceSet(
        name, text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  /// An endless order: the whole set shuffled, again and again. The same seed gives the same one.
  public Iterator<String> order(long seed) {
    Random random = new Random(seed);
    return new Iterator<>() {
      private Iterator<String> rest = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public String next() {
        if (!rest.hasNext()) {
          List<String> deck = new ArrayList<>(sentences);
          Collections.shuffle(deck, random);
          rest = deck.iterator();
        }
        return rest.next();
      }
    };
  }
}
