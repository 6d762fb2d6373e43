package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// English of a few words, as source files and compiled.
public final class TinyEnglish {
  private static final String US =
      """
      {"the": "ði", "a": "A", "to": "tu", "in": "ɪn", "am": "æm", "and": "ænd", "I": "ˈI",
       "used": {"DEFAULT": "jˈuzd", "VBD": "jˈust"}, "versus": "vˈɜɹsəs", "percent": "pəɹsˈɛnt",
       "cat": "kˈæt", "dog": "dˈɔɡ", "bus": "bˈʌs", "try": "tɹˈI", "stop": "stˈɑp", "wait": "wˈAt",
       "apple": "ˈæpᵊl", "well": "wˈɛl", "known": "nˈOn", "well-known": "wˌɛlnˈOn", "it": "ɪt",
       "it's": "ɪts", "don't": "dˈOnt", "hello": "həlˈO", "big": "bˈɪɡ", "water": "wˈɔɾəɹ",
       "button": "bˈʌʔn", "have": {"DEFAULT": "hæv", "None": "hˈæv"},
       "permit": {"DEFAULT": "pˈɜɹmɪt", "VERB": "pəɹmˈɪt"}, "Paris": "pˈɛɹəs", "nasa": "nˈæsə",
       "AD": {"DEFAULT": "ˈæd", "NOUN": null}, "nothing": null,
       "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "X": "ˈɛks", "S": "ˈɛs", "U": "jˈu",
       "forty": "fˈɔɹɾi", "two": "tˈu", "naive": "nɑˈiv", "'s": "s"}
      """;

  private static final String GB =
      """
      {"the": "ðə", "cat": "kˈat", "wait": "wˈAt", "hello": "həlˈQ", "bus": "bˈʌs", "star": "stˈɑː",
       "A": "ˈA", "B": "bˈiː"}
      """;

  private static final String TAGGER =
      """
      {"tags": ["NN", "DT", "VB", "NNP", "IN", "TO", "VBD", "PRP", "."],
       "tagdict": {"the": "DT", "The": "DT", "a": "DT", "A": "DT", "in": "IN", "to": "TO", ".": ".", ",": ".",
                   "I": "PRP", "used": "VBD"},
       "vocab": ["the", "to", "cat", "!DIGITS"],
       "weights": {"b": {"NN": 1.5}, "w-1=to": {"VB": 2.5, "NN": -1.0}, "sh=Xx": {"NNP": 2.0},
                   "sh=XX": {"NNP": 2.0}}}
      """;

  private static final String EXCEPTIONS =
      """
      {"don't": ["do", "n't"], "it's": ["it", "'s"], "Mr.": ["Mr."], "U.S.": ["U.S."], "'s": ["'s"]}
      """;

  private static final String CMU =
      """
      # a comment
      cat K AE1 T
      smith S M IH1 TH
      smith(2) S M AY1 TH
      ikea AY0 K IY1 AH0
      carter K AA1 R T ER0 # name
      """;

  private TinyEnglish() {}

  /// Writes all source files of both accents.
  public static Path sources(Path folder) throws IOException {
    Files.createDirectories(folder);
    gzip(folder.resolve("lexicon_us_gold.json.gz"), US);
    Files.writeString(folder.resolve("lexicon_gb_gold.json"), GB);
    gzip(folder.resolve("tagger.json.gz"), TAGGER);
    Files.writeString(folder.resolve("tokenizer_exceptions.json"), EXCEPTIONS);
    Files.writeString(folder.resolve("cmudict.dict"), CMU);
    for (String name : new String[] {"oov", "oov_gb"}) {
      Files.write(folder.resolve(name + ".onnx"), TinyOnnx.model());
      Files.writeString(folder.resolve(name + ".json"), TinyOnnx.TABLES);
    }
    return folder;
  }

  private static void gzip(Path file, String content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  static EnglishData data(Path folder) throws IOException {
    Path file = folder.resolve("english.bin");
    EnglishData.compile(sources(folder.resolve("source")), file);
    return EnglishData.open(file);
  }
}
