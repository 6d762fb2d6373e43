package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SentenceSetTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"short, 5, 9", "mixed, 3, 45", "long, 30, 45"})
  void builtInSetsHaveTheWordsTheyPromise(String name, int fewest, int most) {
    SentenceSet set = SentenceSet.builtIn(name);
    assertTrue(set.sentences().size() >= 40, name + " has " + set.sentences().size());
    assertEquals(set.sentences().size(), new HashSet<>(set.sentences()).size());
    for (String sentence : set.sentences()) {
      int words = sentence.split(" ").length;
      assertTrue(words >= fewest && words <= most, words + " words: " + sentence);
      assertTrue(sentence.matches("[\\x20-\\x7e]+[.?!]"), sentence);
    }
  }

  @Test
  void mixedIsMixed() {
    List<Integer> lengths =
        SentenceSet.builtIn("mixed").sentences().stream()
            .map(sentence -> sentence.split(" ").length)
            .toList();
    assertTrue(lengths.stream().filter(words -> words <= 6).count() >= 10);
    assertTrue(lengths.stream().filter(words -> words >= 30).count() >= 5);
  }

  @Test
  void orderIsSeededAndSaysAllBeforeItRepeats() {
    SentenceSet set = SentenceSet.builtIn("short");
    int size = set.sentences().size();
    List<String> one = take(set.order(7), 2 * size);
    assertEquals(one, take(set.order(7), 2 * size));
    assertNotEquals(one, take(set.order(8), 2 * size));
    assertEquals(Set.copyOf(set.sentences()), new HashSet<>(one.subList(0, size)));
    assertEquals(Set.copyOf(set.sentences()), new HashSet<>(one.subList(size, 2 * size)));
    assertNotEquals(one.subList(0, size), one.subList(size, 2 * size));
  }

  private static List<String> take(Iterator<String> order, int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(order.next());
    }
    return taken;
  }

  @Test
  void readsAFileOfLines() throws IOException {
    Path file = Files.write(folder.resolve("own.txt"), List.of("One two.", "", "  Three. "));
    assertEquals(new SentenceSet("own.txt", List.of("One two.", "Three.")), SentenceSet.read(file));
  }

  @Test
  void tellsWhatIsWrongWithAFile() throws IOException {
    Path empty = Files.write(folder.resolve("empty.txt"), List.of("", " "));
    WorkerException nothing = assertThrows(WorkerException.class, () -> SentenceSet.read(empty));
    assertTrue(nothing.getMessage().contains(empty + " is empty"), nothing.getMessage());
    Path missing = folder.resolve("missing.txt");
    WorkerException absent = assertThrows(WorkerException.class, () -> SentenceSet.read(missing));
    assertTrue(absent.getMessage().contains("cannot be read"), absent.getMessage());
  }
}
