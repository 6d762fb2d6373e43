package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On the real data, which is not part of this project: `target/english/source` has the files that
/// [EnglishData] names, `pairs.jsonl` what `scripts/record-english-pairs.py` recorded, `homographs`
/// WikipediaHomographData. Skipped without them.
@Tag("slow")
final class RealEnglishTest {
  private static final Path FOLDER = Path.of("target/english");
  private static Optional<EnglishData> data = Optional.empty();

  @BeforeAll
  static void compile() {
    Path file = FOLDER.resolve("test.bin");
    if (Files.isDirectory(FOLDER.resolve("source"))) {
      EnglishData.compile(FOLDER.resolve("source"), file);
      data = Optional.of(EnglishData.open(file));
    }
  }

  private static EnglishModel model(Accent accent) {
    assumeTrue(data.isPresent(), "no source files in " + FOLDER.resolve("source"));
    return data.orElseThrow().load(accent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "He lives in Reading. = hˌi lˈɪvz ɪn ɹˈɛdɪŋ.",
        "I read it yesterday, and I will read it again. ="
            + " ˌI ɹˈɛd ɪt jˈɛstəɹdˌA, ænd ˌI wɪl ɹˈid ɪt əɡˈɛn.",
        "Hello there. = həlˈO ðˈɛɹ.",
      })
  void sentencesAreRead(String text, String phonemes) {
    GraphemeToPhoneme g2p = new EnglishG2p(model(Accent.AMERICAN));
    assertEquals(List.of(phonemes), g2p.convert(text.strip(), List.of()).sentences());
  }

  @ParameterizedTest
  @CsvSource({"en-us, zorblatt, zˈɔɹblæt", "en-us, Tchaikovsky, tˈiʧAkˈɑvski"})
  void theNetSaysWhatTheReferenceSays(String variety, String word, String phonemes) {
    assertEquals(Optional.of(phonemes), model(Accent.of(variety)).net().pronounce(word));
  }

  @ParameterizedTest
  @CsvSource({"AMERICAN, 97.0", "BRITISH, 97.0"})
  void phonemesAreThoseOfTheReference(Accent accent, double least) throws IOException {
    Path pairs = FOLDER.resolve("pairs.jsonl");
    assumeTrue(Files.exists(pairs), "no recorded sentences in " + pairs);
    ReferenceComparison comparison =
        new ReferenceComparison(ReferenceComparison.withoutHeteronyms(model(accent)));
    comparison.compareAll(pairs, accent);
    assertTrue(comparison.known() > 20_000, comparison.known() + " words");
    assertTrue(100 * comparison.share() >= least, 100 * comparison.share() + " %");
  }

  @Test
  void heteronymsAreRight() throws IOException {
    Path folder = FOLDER.resolve("homographs");
    EnglishModel model = model(Accent.AMERICAN);
    assumeTrue(Files.isDirectory(folder), "no homographs in " + folder);
    HomographData homographs = HomographData.read(folder, model);
    double share = HeteronymAccuracy.of(homographs, model, model.heteronyms());
    assertTrue(share >= 0.93, share + " of " + homographs.keptBack().size());
  }
}
