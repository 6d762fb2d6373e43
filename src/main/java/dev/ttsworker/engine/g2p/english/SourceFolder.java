package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Folder of source files, compiled to the sections of [EnglishData].
final class SourceFolder {
  private static final int MOST_BYTES = 64 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GZIP = ".gz";

  private final Path folder;

  SourceFolder(Path folder) {
    this.folder = folder;
  }

  private interface Compiler<T> {
    T compile(byte[] content) throws IOException;
  }

  /// @throws WorkerException `INSTALL_FAILED`, naming the file
  Map<String, byte[]> compile() {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put(
        EnglishData.EXCEPTIONS, read("tokenizer_exceptions.json", json -> exceptions(tree(json))));
    JsonNode tagger = read("tagger.json", SourceFolder::tree);
    sections.put(
        EnglishData.VOCABULARY, section("tagger.json", () -> TaggerCompiler.vocabulary(tagger)));
    sections.put(EnglishData.CERTAIN, section("tagger.json", () -> TaggerCompiler.certain(tagger)));
    sections.put(EnglishData.TAGGER, section("tagger.json", () -> TaggerCompiler.model(tagger)));
    List<Map<String, String>> lexicons = new ArrayList<>();
    compileAccent(Accent.AMERICAN, "lexicon_us_gold.json", "oov", lexicons, sections);
    compileAccent(Accent.BRITISH, "lexicon_gb_gold.json", "oov_gb", lexicons, sections);
    if (lexicons.isEmpty()) {
      throw missing("lexicon_us_gold.json", "lexicon_gb_gold.json");
    }
    String cmu = find("cmudict.dict").isPresent() ? "cmudict.dict" : "cmudict.js";
    sections.put(
        EnglishData.CMU,
        read(
            cmu,
            content ->
                PackedMap.pack(
                    LexiconCompiler.cmu(
                        new String(content, StandardCharsets.UTF_8).lines().toList(), lexicons))));
    return sections;
  }

  private void compileAccent(
      Accent accent,
      String lexicon,
      String net,
      List<Map<String, String>> lexicons,
      Map<String, byte[]> sections) {
    boolean has = find(lexicon).isPresent();
    if (!has && find(net + ".onnx").isEmpty()) {
      return;
    }
    Map<String, String> entries = read(lexicon, json -> LexiconCompiler.gold(tree(json)));
    lexicons.add(entries);
    sections.put(
        EnglishData.GOLD + accent.variety(), section(lexicon, () -> PackedMap.pack(entries)));
    JsonNode tables = read(net + ".json", SourceFolder::tree);
    sections.put(
        EnglishData.NET + accent.variety(),
        read(net + ".onnx", model -> UnknownWordNetCompiler.compile(model, tables)));
  }

  private static byte[] exceptions(JsonNode table) {
    Map<String, String> entries = new HashMap<>();
    table
        .properties()
        .forEach(entry ->
            entries.put(
                entry.getKey(),
                entry
                    .getValue()
                    .valueStream()
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(String.valueOf(Tokenizer.PIECE)))));
    return PackedMap.pack(entries);
  }

  private static JsonNode tree(byte[] json) {
    JsonNode tree = JSON.readTree(json);
    if (!tree.isObject()) {
      throw new IllegalArgumentException("it is no JSON object");
    }
    return tree;
  }

  private interface Made<T> {
    T get() throws IOException;
  }

  private <T> T section(String name, Made<T> made) {
    try {
      return made.get();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw unusable(folder.resolve(name), e);
    }
  }

  private <T> T read(String name, Compiler<T> compiler) {
    Path file = find(name).orElseThrow(() -> missing(name));
    try (InputStream in = open(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      return compiler.compile(content);
    } catch (IOException
        | JacksonException
        | IllegalArgumentException
        | IndexOutOfBoundsException e) {
      throw unusable(file, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    if (!file.toString().endsWith(GZIP)) {
      return in;
    }
    try {
      return new GZIPInputStream(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private Optional<Path> find(String name) {
    return Stream.of(name, name + GZIP)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private WorkerException missing(String... names) {
    return new WorkerException(
        ErrorCode.INSTALL_FAILED,
        "English front end: %s has no %s (or the same with .gz)"
            .formatted(folder, String.join(" and no ", names)));
  }

  private static WorkerException unusable(Path file, Exception cause) {
    return new WorkerException(
        ErrorCode.INSTALL_FAILED,
        "English front end: %s cannot be used: %s".formatted(file, cause.getMessage()),
        cause);
  }
}
