package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Fields;
import dev.ttsworker.voicepack.Printable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reader of the collection's own index, `voices.json`. It comes from the network: the files of a
/// voice must be exactly those that its name says, so that no path of it leads anywhere else.
public final class CollectionIndex {
  /// Its name in the collection.
  public static final String FILE_NAME = "voices.json";

  private static final int MAX_BYTES = 4 << 20;
  private static final long MAX_MODEL_BYTES = 2L << 30;
  private static final long MAX_SMALL_BYTES = 8L << 20;
  private static final int MOST_NAMES = 20;
  private static final int MOST_SPEAKERS = 100_000;
  private static final int MAX_CHARS = 80;
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private final Map<String, CollectionLanguage> languages = new HashMap<>();
  private final Set<String> ids = new HashSet<>();

  private CollectionIndex() {}

  /// Reads a file.
  ///
  /// @param origin where it is from, for people
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK` naming voice, field, value and
  ///   what is allowed
  public static PiperCollection read(Path file, String origin, LocalDate asOf) {
    return new CollectionIndex().collection(Fields.json(file, MAX_BYTES), origin, asOf);
  }

  /// Writes a collection into the form of [PiperCollection#FILE_NAME].
  public static String table(PiperCollection collection) {
    return CollectionTable.format(collection);
  }

  private PiperCollection collection(Fields top, String origin, LocalDate asOf) {
    if (top.names().isEmpty() || top.names().size() > CollectionTable.MOST_VOICES) {
      throw top.invalid(
          "voices",
          Integer.toString(top.names().size()),
          "1.." + CollectionTable.MOST_VOICES + " voices");
    }
    List<CollectionVoice> voices = new ArrayList<>();
    for (String key : top.names()) {
      if (!CollectionVoice.KEY.matcher(key).matches()) {
        throw top.invalid("voice", key, "names such as en_GB-cori-medium");
      }
      CollectionVoice voice = voice(top, key, top.map(key));
      if (!ids.add(voice.id())) {
        throw top.invalid("voice", key, "each once, in any case");
      }
      voices.add(voice);
    }
    voices.sort(Comparator.comparing(CollectionVoice::key));
    return new PiperCollection(origin, asOf, voices);
  }

  private CollectionVoice voice(Fields top, String key, Fields fields) {
    CollectionLanguage language = language(top, key, fields.map("language"));
    Fields files = fields.map("files");
    String folder = CollectionVoice.folder(key, language);
    Set<String> paths = new TreeSet<>();
    for (String name : List.of(key + ".onnx", key + ".onnx.json", CatalogueVoice.CARD)) {
      paths.add(folder + name);
    }
    if (!files.names().equals(paths)) {
      String others =
          Stream.concat(
                  files.names().stream().filter(path -> !paths.contains(path)),
                  paths.stream().filter(path -> !files.has(path)).map(path -> "no " + path))
              .findFirst()
              .orElse("");
      throw fields.invalid("files", others, String.join(", ", paths));
    }
    try {
      return new CollectionVoice(
          key,
          language,
          fields.wholeNumber("num_speakers", 1, 1, MOST_SPEAKERS),
          checksum(files.map(folder + key + ".onnx"), MAX_MODEL_BYTES),
          checksum(files.map(folder + key + ".onnx.json"), MAX_SMALL_BYTES),
          checksum(files.map(folder + CatalogueVoice.CARD), MAX_SMALL_BYTES),
          names(fields.texts("aliases")),
          names(speakers(fields.map("speaker_id_map"))));
    } catch (IllegalArgumentException e) {
      throw top.invalid("voice", key, "names such as en_GB-cori-medium, each in its language");
    }
  }

  private CollectionLanguage language(Fields top, String key, Fields fields) {
    String code = fields.text("code").orElse("");
    if (!key.startsWith(code + "-")) {
      throw top.invalid(
          "voice",
          key,
          "the code of its language at its begin: " + (code.isEmpty() ? "it has none" : code));
    }
    return languages.computeIfAbsent(
        code,
        _ ->
            new CollectionLanguage(
                code,
                text(fields, "name_english"),
                text(fields, "name_native"),
                text(fields, "country_english")));
  }

  private static String text(Fields fields, String name) {
    return Printable.printable(fields.text(name).orElse(""), MAX_CHARS);
  }

  private static Checksum checksum(Fields file, long mostBytes) {
    return new Checksum(
        file.wholeNumber("size_bytes", 1, mostBytes),
        Checksum.Kind.MD5,
        file.exact("md5_digest", MD5));
  }

  /// In the order of their numbers; none where they are many.
  private static List<String> speakers(Fields numbers) {
    return numbers.names().size() > MOST_NAMES
        ? List.of()
        : numbers.names().stream()
            .sorted(Comparator.comparingLong(name -> numbers.wholeNumber(name, 0, MOST_SPEAKERS)))
            .toList();
  }

  /// None where one cannot be written into a table.
  private static List<String> names(List<String> names) {
    return names.size() <= MOST_NAMES && names.stream().allMatch(CollectionTable::isName)
        ? names
        : List.of();
  }
}
