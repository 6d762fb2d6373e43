package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// WikipediaHomographData: sentences with a heteronym each, labelled with its pronunciation. A
/// tenth of the sentences, chosen by their checksum, is kept back from training.
///
/// @param pronunciations for each word, IPA by label
/// @param training sentences to train with
/// @param keptBack sentences to measure with
record HomographData(
    Map<String, Map<String, String>> pronunciations,
    List<Example> training,
    List<Example> keptBack) {
  private static final int KEPT_BACK = 10;

  /// A labelled sentence.
  ///
  /// @param at index of the word among the tokens
  record Example(String word, String label, List<Token> tokens, int at) {}

  static HomographData read(Path folder, EnglishModel model) throws IOException {
    Map<String, Map<String, String>> pronunciations = new LinkedHashMap<>();
    for (List<String> row : rows(folder.resolve("wordids.tsv"))) {
      pronunciations
          .computeIfAbsent(row.get(0), _ -> new LinkedHashMap<>())
          .put(row.get(1), row.get(3).replace('\'', 'ˈ'));
    }
    List<Example> training = new ArrayList<>();
    List<Example> keptBack = new ArrayList<>();
    for (List<String> row : rows(folder.resolve("train.tsv"))) {
      CRC32 checksum = new CRC32();
      checksum.update(row.get(2).getBytes(StandardCharsets.UTF_8));
      List<Example> list = checksum.getValue() % KEPT_BACK == 0 ? keptBack : training;
      example(row, model).ifPresent(list::add);
    }
    return new HomographData(pronunciations, training, keptBack);
  }

  private static Optional<Example> example(List<String> row, EnglishModel model) {
    String sentence = row.get(2);
    byte[] bytes = sentence.getBytes(StandardCharsets.UTF_8);
    int start = new String(bytes, 0, Integer.parseInt(row.get(3)), StandardCharsets.UTF_8).length();
    List<Token> tokens = model.tokenizer().tokenize(sentence, 0, sentence.length());
    List<String> tags = model.tagger().tag(tokens.stream().map(Token::text).toList());
    List<Token> tagged = new ArrayList<>();
    int at = -1;
    for (int i = 0; i < tokens.size(); i++) {
      tagged.add(tokens.get(i).withTag(tags.get(i)));
      at = tokens.get(i).start() <= start && start < tokens.get(i).end() ? i : at;
    }
    return at < 0 ? Optional.empty() : Optional.of(new Example(row.get(0), row.get(1), tagged, at));
  }

  /// Rows of tab-separated, quoted fields, without the first.
  private static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(HomographData::fields).toList();
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
      fields.add(quoted ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field);
    }
    return fields;
  }
}
