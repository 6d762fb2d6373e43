package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Form of the collection's index on disk: a table, a line for each language and each voice.
final class CollectionTable {
  /// Most voices of an index.
  static final int MOST_VOICES = 10_000;

  private static final String VERSION = "1";
  private static final long MAX_MODEL_BYTES = 2L << 30;
  private static final long MAX_SMALL_BYTES = 8L << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}_([A-Z]{2}|[0-9]{3})");
  private static final String NONE = "-";

  private final Map<String, CollectionLanguage> languages = new TreeMap<>();
  private final Map<String, CollectionVoice> voices = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private String version = "";
  private String origin = "";
  private LocalDate asOf = LocalDate.EPOCH;

  private CollectionTable() {}

  /// @throws WorkerException `INVALID_CONFIGURATION` naming file, line, value and what is allowed
  static PiperCollection parse(List<TableLines.Line> lines) {
    CollectionTable table = new CollectionTable();
    lines.forEach(table::add);
    if (!table.version.equals(VERSION) || table.voices.isEmpty()) {
      String file = lines.isEmpty() ? PiperCollection.FILE_NAME : lines.getFirst().file();
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "%s: is no index of form %s with voices; `voices refresh` writes one, without the file"
                  .formatted(file, VERSION)
              + " the built-in one is used");
    }
    return new PiperCollection(table.origin, table.asOf, List.copyOf(table.voices.values()));
  }

  private void add(TableLines.Line line) {
    String kind = line.fields(2, 11).getFirst();
    switch (kind) {
      case "index" -> version = line.fields(2, 2).get(1);
      case "origin" -> origin = line.fields(2, 2).get(1);
      case "as_of" -> asOf = date(line, line.fields(2, 2).get(1));
      case "language" -> addLanguage(line, line.fields(5, 5));
      case "voice" -> addVoice(line, line.fields(11, 11));
      default -> throw line.invalid("kind", kind, "index, origin, as_of, language, voice");
    }
  }

  private void addLanguage(TableLines.Line line, List<String> fields) {
    String code = fields.get(1);
    if (!CODE.matcher(code).matches()) {
      throw line.invalid("language", code, CODE.pattern());
    }
    CollectionLanguage language =
        new CollectionLanguage(code, fields.get(2), fields.get(3), fields.get(4));
    if (languages.put(code, language) != null) {
      throw line.invalid("language", code, "each once");
    }
  }

  private void addVoice(TableLines.Line line, List<String> fields) {
    String key = fields.get(1);
    CollectionLanguage language = languages.get(key.substring(0, Math.max(0, key.indexOf('-'))));
    if (language == null || !CollectionVoice.KEY.matcher(key).matches()) {
      throw line.invalid("voice", key, "LANGUAGE-NAME-QUALITY of a language above");
    }
    CollectionVoice voice;
    try {
      voice =
          new CollectionVoice(
              key,
              language,
              (int) number(line, fields.get(2), 100_000),
              checksum(line, fields, 3, MAX_MODEL_BYTES),
              checksum(line, fields, 5, MAX_SMALL_BYTES),
              checksum(line, fields, 7, MAX_SMALL_BYTES),
              names(line, fields.get(9)),
              names(line, fields.get(10)));
    } catch (IllegalArgumentException e) {
      throw line.invalid("voice", key, "a name of letters, digits and _");
    }
    if (!ids.add(voice.id()) || voices.size() >= MOST_VOICES) {
      throw line.invalid("voice", key, "each id once, at most " + MOST_VOICES);
    }
    voices.put(key, voice);
  }

  private static Checksum checksum(
      TableLines.Line line, List<String> fields, int from, long mostBytes) {
    String digest = fields.get(from + 1);
    if (!Checksum.isMd5(digest)) {
      throw line.invalid("MD5", digest, "32 hexadecimal digits");
    }
    return new Checksum(number(line, fields.get(from), mostBytes), Checksum.Kind.MD5, digest);
  }

  private static long number(TableLines.Line line, String digits, long most) {
    if (digits.matches("[0-9]{1,12}")) {
      long number = Long.parseLong(digits);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw line.invalid("number", digits, "1.." + most);
  }

  private static List<String> names(TableLines.Line line, String joined) {
    if (joined.equals(NONE)) {
      return List.of();
    }
    List<String> names = List.of(joined.split(",", -1));
    for (String name : names) {
      if (!isName(name)) {
        throw line.invalid("name", name, NAME.pattern());
      }
    }
    return names;
  }

  private static LocalDate date(TableLines.Line line, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw line.invalid("as_of", text, "a day such as 2026-09-11");
    }
  }

  /// Whether a speaker or another name of a voice can be written into a table.
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// The table of a collection, for [#parse].
  static String format(PiperCollection collection) {
    List<String> lines = new ArrayList<>();
    lines.add("# The public collection of Piper voices. Written by `voices refresh`.");
    lines.add("index\t" + VERSION);
    lines.add("origin\t" + collection.origin());
    lines.add("as_of\t" + collection.asOf());
    collection.voices().stream()
        .map(CollectionVoice::language)
        .distinct()
        .map(one ->
            String.join("\t", "language", one.code(), one.name(), one.ownName(), one.country()))
        .forEach(lines::add);
    collection.voices().forEach(voice -> lines.add(line(voice)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(CollectionVoice voice) {
    return String.join(
        "\t",
        "voice",
        voice.key(),
        Integer.toString(voice.speakers()),
        fields(voice.model()),
        fields(voice.config()),
        fields(voice.card()),
        joined(voice.otherNames()),
        joined(voice.speakerNames()));
  }

  private static String fields(Checksum checksum) {
    return checksum.size() + "\t" + checksum.digest();
  }

  private static String joined(List<String> names) {
    return names.isEmpty() ? NONE : String.join(",", names);
  }
}
