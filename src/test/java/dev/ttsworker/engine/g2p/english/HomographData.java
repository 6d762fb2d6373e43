package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Sentences with a heteronym each, labelled with its pronunciation: those of
/// WikipediaHomographData, and this project's own everyday ones ([#EVERYDAY]). A tenth of each,
/// chosen by their checksum, is kept back from training.
///
/// @param pronunciations for each word, IPA by label
/// @param labels for each word, what each pronunciation is, "verb" for instance, in the same order
/// @param training sentences to train with
/// @param keptBack sentences of Wikipedia to measure with
/// @param everyday everyday sentences to measure with
record HomographData(
    Map<String, Map<String, String>> pronunciations,
    Map<String, List<String>> labels,
    List<Example> training,
    List<Example> keptBack,
    List<Example> everyday) {
  /// Columns: word, label, sentence.
  static final String EVERYDAY = "everyday-heteronyms.tsv";

  private static final int KEPT_BACK = 10;

  /// How many times an everyday sentence is trained with.
  private static final int COPIES = 3;

  /// A labelled sentence.
  ///
  /// @param at index of the word among the tokens
  record Example(String word, String label, List<Token> tokens, int at) {}

  static HomographData read(Path folder, EnglishModel model) throws IOException {
    Map<String, Map<String, String>> pronunciations = new LinkedHashMap<>();
    Map<String, List<String>> labels = new HashMap<>();
    for (List<String> row : rows(Files.readAllLines(folder.resolve("wordids.tsv")))) {
      labels.computeIfAbsent(row.get(0), _ -> new ArrayList<>()).add(row.get(2));
      pronunciations
          .computeIfAbsent(row.get(0), _ -> new LinkedHashMap<>())
          .put(row.get(1), row.get(3).replace('\'', 'ˈ'));
    }
    List<Example> training = new ArrayList<>();
    List<Example> keptBack = new ArrayList<>();
    for (List<String> row : rows(Files.readAllLines(folder.resolve("train.tsv")))) {
      int start = characters(row.get(2), Integer.parseInt(row.get(3)));
      List<Example> list = isKeptBack(row.get(2)) ? keptBack : training;
      example(row, start, model).ifPresent(list::add);
    }
    List<Example> everyday = new ArrayList<>();
    for (List<String> row : rows(everydayLines())) {
      Optional<Example> example = example(row, find(row.get(0), row.get(2)), model);
      if (!pronunciations.getOrDefault(row.get(0), Map.of()).containsKey(row.get(1))
          || example.isEmpty()) {
        throw new IllegalArgumentException(EVERYDAY + ": " + row);
      }
      List<Example> list = isKeptBack(row.get(2)) ? everyday : training;
      int copies = isKeptBack(row.get(2)) ? 1 : COPIES;
      list.addAll(Collections.nCopies(copies, example.orElseThrow()));
    }
    return new HomographData(pronunciations, labels, training, keptBack, everyday);
  }

  private static boolean isKeptBack(String sentence) {
    CRC32 checksum = new CRC32();
    checksum.update(sentence.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue() % KEPT_BACK == 0;
  }

  private static int characters(String sentence, int bytes) {
    return new String(sentence.getBytes(StandardCharsets.UTF_8), 0, bytes, StandardCharsets.UTF_8)
        .length();
  }

  /// Where the word is, the first time.
  private static int find(String word, String sentence) {
    Matcher matcher =
        Pattern.compile("\\b" + word + "\\b", Pattern.CASE_INSENSITIVE).matcher(sentence);
    return matcher.find() ? matcher.start() : -1;
  }

  private static List<String> everydayLines() throws IOException {
    try (InputStream in = HomographData.class.getResourceAsStream(EVERYDAY)) {
      if (in == null) {
        throw new IllegalStateException("test resource " + EVERYDAY + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Optional<Example> example(List<String> row, int start, EnglishModel model) {
    String sentence = row.get(2);
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
  private static List<List<String>> rows(List<String> lines) {
    return lines.stream().skip(1).map(HomographData::fields).toList();
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
