package dev.ttsworker.voicepack;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands in a file, only a WorkerException may come out.
final class ReaderFuzzTest {
  private static final int ROUNDS = 3_000;
  private static final String[] TOKENS = {
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "!!timestamp ",
    "!!binary ",
    "? ",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\ud800",
    "null",
    "1e999",
    "NaN",
    "---\n",
    "\t",
    "\u0000",
    "\ufeff",
    "|",
    "..",
    "\n  "
  };

  @TempDir Path folder;
  private int accepted;
  private int refused;

  @Test
  void configs() {
    PiperConfigReader reader = new PiperConfigReader();
    fuzz(Voices.CONFIG, "v.onnx.json", reader::read);
    assertTrue(accepted > 0 && refused > 0);
  }

  @Test
  void catalogues() throws Exception {
    fuzz(Files.readString(Path.of("voicepacks/catalog.yaml")), "catalog.yaml", Catalogue::read);
    assertTrue(accepted > 0 && refused > 0);
  }

  @Test
  void metadata() {
    fuzz(
        "languages: [en-US, de]\ntags: {a: true, b: no}\ncapabilities: [x, y]\nlicence: CC0\n",
        "metadata.yaml",
        file -> VoiceMetadata.read(folder));
    assertTrue(accepted == ROUNDS);
  }

  private void fuzz(String valid, String name, Consumer<Path> reader) {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Path file = folder.resolve(name);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = mutate(valid.getBytes(StandardCharsets.UTF_8), random);
      Voices.write(file, content);
      try {
        reader.accept(file);
        accepted++;
      } catch (WorkerException e) {
        refused++;
        assertTrue(e.getMessage().length() < 1_000, e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        fail(
            "seed "
                + seed
                + ", round "
                + round
                + ": "
                + new String(content, StandardCharsets.UTF_8),
            e);
      }
    }
  }

  private static byte[] mutate(byte[] valid, RandomGenerator random) {
    byte[] content = valid.clone();
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int at = random.nextInt(content.length + 1);
      content =
          switch (random.nextInt(4)) {
            case 0 -> splice(content, at, 0, TOKENS[random.nextInt(TOKENS.length)]);
            case 1 -> splice(content, at, random.nextInt(20), "");
            case 2 -> splice(content, at, 1, String.valueOf((char) random.nextInt(0x250)));
            default ->
                splice(
                    content,
                    at,
                    0,
                    new String(content, StandardCharsets.ISO_8859_1).substring(at / 2, at));
          };
    }
    return content;
  }

  private static byte[] splice(byte[] content, int at, int removed, String added) {
    byte[] middle = added.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(content.length, at + removed);
    byte[] spliced = new byte[at + middle.length + content.length - end];
    System.arraycopy(content, 0, spliced, 0, at);
    System.arraycopy(middle, 0, spliced, at, middle.length);
    System.arraycopy(content, end, spliced, at + middle.length, content.length - end);
    return spliced;
  }
}
