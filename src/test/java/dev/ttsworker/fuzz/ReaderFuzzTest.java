package dev.ttsworker.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.engine.voice.piper.PiperConfigReader;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CollectionIndex;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import dev.ttsworker.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever stands in a file, only a WorkerException may come out, with a message that fits a line
/// of the log.
@Tag("slow")
final class ReaderFuzzTest {
  private static final int ORDINARY = 400;

  /// A check of a configuration names every problem of a file.
  private static final int MAX_MESSAGE_BYTES = 1_000;

  private static final List<String> TOKENS =
      List.of(
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "!!timestamp ",
          "!!binary ",
          "!!java.net.URL ",
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
          "\0",
          "\ufeff",
          "|",
          "..",
          "/",
          "\n  ",
          "0x7fffffff",
          "-1",
          "9223372036854775808",
          "~",
          "'");

  @TempDir Path folder;
  private int accepted;
  private int refused;

  @Test
  void yaml() throws IOException {
    fuzz(Path.of("configs/worker.yaml"), "any.yaml", YamlReader::read);
  }

  @Test
  void configurations() throws IOException {
    ConfigLoader loader = new ConfigLoader(folder, false, Map.of());
    fuzz(
        Path.of("configs/worker.yaml"),
        "worker.yaml",
        file -> {
          if (loader.check(Optional.of(file), Overrides.none()).config().isEmpty()) {
            throw new WorkerException(
                dev.ttsworker.error.ErrorCode.INVALID_CONFIGURATION, "refused with its problems");
          }
        });
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void voiceConfigurations() throws IOException {
    fuzz(
        Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx.json"),
        "v.onnx.json",
        new PiperConfigReader()::read);
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void catalogues() throws IOException {
    fuzz(Path.of("voicepacks/catalog.yaml"), "catalog.yaml", Catalogue::read);
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void collectionsOfTheNetwork() throws IOException {
    Path valid = folder.resolve("valid.json");
    Files.writeString(
        valid,
        """
        {"en_GB-cori-high": {"num_speakers": 2, "speaker_id_map": {"a": 0, "b": 1},
          "language": {"code": "en_GB", "name_english": "English", "name_native": "English",
            "country_english": "Great Britain"},
          "files": {
            "en/en_GB/cori/high/en_GB-cori-high.onnx": {"size_bytes": 1000, "md5_digest": "%1$s"},
            "en/en_GB/cori/high/en_GB-cori-high.onnx.json": {"size_bytes": 100, "md5_digest": "%1$s"},
            "en/en_GB/cori/high/MODEL_CARD": {"size_bytes": 10, "md5_digest": "%1$s"}},
          "aliases": ["cori"]}}
        """
            .formatted("0123456789abcdef".repeat(2)));
    fuzz(
        valid,
        "voices.json",
        file -> {
          PiperCollection read = CollectionIndex.read(file, "fuzz", LocalDate.EPOCH);
          write(
              folder.resolve(PiperCollection.FILE_NAME),
              CollectionIndex.table(read).getBytes(StandardCharsets.UTF_8));
          assertEquals(read.voices(), PiperCollection.find(folder).voices());
        });
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void collectionsBesideTheVoices() throws IOException {
    fuzz(
        Path.of("src/main/resources/dev/ttsworker/voicepack/catalogue/piper-voices.tsv"),
        PiperCollection.FILE_NAME,
        _ -> PiperCollection.find(folder));
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void metadata() throws IOException {
    Path valid = folder.resolve("valid.yaml");
    Files.writeString(
        valid,
        "languages: [en-US, de]\ntags: {a: true, b: no}\ncapabilities: [x, y]\nlicence: CC0\n");
    fuzz(valid, "metadata.yaml", _ -> VoiceMetadata.read(folder));
    assertTrue(refused == 0, "metadata is read leniently");
  }

  private void fuzz(Path valid, String name, Consumer<Path> reader) throws IOException {
    byte[] content = Files.readAllBytes(valid);
    Path file = folder.resolve(name);
    int end = Fuzz.from() + Fuzz.inputs(ORDINARY);
    for (int round = Fuzz.from(); round < end; round++) {
      byte[] mutant = Fuzz.mutate(content, TOKENS, Fuzz.random(Fuzz.seed(), round));
      write(file, mutant);
      try {
        reader.accept(file);
        accepted++;
      } catch (WorkerException e) {
        refused++;
        assertTrue(e.getMessage().length() < MAX_MESSAGE_BYTES, Fuzz.where(round) + e.getMessage());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail(Fuzz.where(round) + ": " + new String(mutant, StandardCharsets.UTF_8), e);
      }
    }
    System.out.printf("%s: %,d accepted, %,d refused%n", name, accepted, refused);
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
