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
  @CsvSource(
      delimiter = '=',
      value = {
        "They live close to the store. = lˈɪv",
        "The show is live tonight. = lˈIv",
        "I read that book last week. = ɹˈɛd",
        "Let me read it to you. = ɹˈid",
        "A tear ran down her cheek. = tˈɪɹ",
        "Do not tear the paper. = tˈɛɹ",
        "He will desert us. = dəzˈɜɹt",
        "I object to that. = əbʤˈɛkt",
        "The object is heavy. = ˈɑbʤəkt",
        "An invalid password was entered. = ɪnvˈælɪd",
        "They do not permit dogs. = pəɹmˈɪt",
        "I will present the report. = pɹizˈɛnt",
        "Can you project the sales? = pɹəʤˈɛkt",
        "I am content with it. = kəntˈɛnt",
        "Polish the silver. = pˈɑlɪʃ",
        "She speaks Polish. = pˈOlɪʃ",
        "I will graduate in May. = ɡɹˈæʤʊˌAt",
      })
  void heteronymsOfEverydaySentencesAreRight(String text, String phonemes) {
    GraphemeToPhoneme g2p = new EnglishG2p(model(Accent.AMERICAN));
    String spoken = String.join(" ", g2p.convert(text, List.of()).sentences());
    assertTrue(List.of(spoken.split("[ .?]")).contains(phonemes), spoken);
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
    double share =
        HeteronymAccuracy.of(homographs.keptBack(), homographs, model, model.heteronyms());
    assertTrue(share >= 0.95, share + " of " + homographs.keptBack().size());
    double everyday =
        HeteronymAccuracy.of(homographs.everyday(), homographs, model, model.heteronyms());
    assertTrue(everyday >= 0.9, everyday + " of " + homographs.everyday().size());
  }
}
