package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reader of a catalogue item's parts: files and sources.
final class PartReader {
  private static final Set<String> PART = Set.of("files", "sources");
  private static final Set<String> FILE = Set.of("name", "size", "sha256");
  private static final Set<String> SOURCE =
      Set.of("url", "python_package", "npm_package", "joined", "version", "folder", "files");
  private static final Set<String> PIECE =
      Set.of("python_package", "npm_package", "version", "folder", "name", "size", "sha256");
  private static final List<String> KINDS =
      List.of("url", "python_package", "npm_package", "joined");

  private static final Pattern FILE_NAME =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,40}/)?[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,100})");
  private static final Pattern NPM_PACKAGE =
      Pattern.compile("(@[a-z0-9][a-z0-9._-]{0,100}/)?[a-z0-9][a-z0-9._-]{0,100}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.+!_-]{0,60})");
  private static final Pattern FOLDER =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?");
  private static final long MAX_FILE_BYTES = 8L << 30;

  private PartReader() {}

  /// The parts of an item: those under `parts`, or the item itself, which is then the only one.
  static List<CataloguePart> read(Fields item) {
    if (!item.has("parts")) {
      return List.of(part(item));
    }
    if (item.has("files") || item.has("sources")) {
      throw item.invalid("parts", "given beside files or sources", "these in its parts only");
    }
    List<CataloguePart> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : item.mappings("parts", PART)) {
      CataloguePart part = part(fields);
      for (String name : part.fileNames()) {
        if (!names.add(name)) {
          throw fields.invalid("files", name, "each file in one part only");
        }
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw item.invalid("parts", "", "at least one part");
    }
    return parts;
  }

  private static CataloguePart part(Fields fields) {
    Map<String, Optional<Checksum>> files = files(fields);
    if (files.isEmpty()) {
      throw fields.invalid("files", "", "at least one file");
    }
    List<VoiceSource> sources = new ArrayList<>();
    for (Fields source : fields.mappings("sources", SOURCE)) {
      sources.add(source(source, files.keySet()));
    }
    if (sources.isEmpty()) {
      throw fields.invalid("sources", "", "at least one source");
    }
    return new CataloguePart(files, sources);
  }

  private static Map<String, Optional<Checksum>> files(Fields fields) {
    Map<String, Optional<Checksum>> files = new LinkedHashMap<>();
    for (Fields item : fields.mappings("files", FILE)) {
      String name = item.exact("name", FILE_NAME);
      if (files.put(name, checksum(item)) != null) {
        throw item.invalid("name", name, "each file once");
      }
    }
    return files;
  }

  private static Optional<Checksum> checksum(Fields item) {
    if (!item.has("sha256") && !item.has("size")) {
      return Optional.empty();
    }
    String sha256 = item.text("sha256").orElse("").toLowerCase(Locale.ROOT);
    if (!Checksum.isSha256(sha256)) {
      throw item.invalid("sha256", sha256, "64 hexadecimal digits");
    }
    return Optional.of(Checksum.sha256(item.wholeNumber("size", 1, MAX_FILE_BYTES), sha256));
  }

  private static VoiceSource source(Fields fields, Set<String> names) {
    Map<String, Checksum> checksums = new LinkedHashMap<>();
    for (Fields item : fields.mappings("files", FILE)) {
      String name = item.exact("name", FILE_NAME);
      if (!names.contains(name)) {
        throw item.invalid("name", name, names.toString());
      }
      checksums.put(
          name,
          checksum(item).orElseThrow(() -> item.invalid("sha256", "", "64 hexadecimal digits")));
    }
    requireOneOf(fields, KINDS);
    if (fields.has("joined")) {
      return joined(fields, names);
    }
    return fields.has("url") ? web(fields, checksums) : packaged(fields, checksums);
  }

  private static void requireOneOf(Fields fields, List<String> kinds) {
    if (kinds.stream().filter(fields::has).count() != 1) {
      throw fields.invalid(
          kinds.getFirst(), "none or several", "one of " + String.join(", ", kinds));
    }
  }

  private static VoiceSource joined(Fields fields, Set<String> names) {
    if (names.size() != 1 || fields.has("version") || fields.has("folder") || fields.has("files")) {
      throw fields.invalid("joined", names.toString(), "pieces of one file, and no other key");
    }
    List<VoiceSource.Joined.Piece> pieces = new ArrayList<>();
    for (Fields piece : fields.mappings("joined", PIECE)) {
      requireOneOf(piece, List.of("python_package", "npm_package"));
      String name = piece.exact("name", FILE_NAME);
      Checksum checksum =
          checksum(piece).orElseThrow(() -> piece.invalid("sha256", "", "64 hexadecimal digits"));
      pieces.add(new VoiceSource.Joined.Piece(packaged(piece, Map.of()), name, checksum));
    }
    if (pieces.isEmpty()) {
      throw fields.invalid("joined", "", "at least one piece");
    }
    return new VoiceSource.Joined(pieces);
  }

  private static VoiceSource web(Fields fields, Map<String, Checksum> checksums) {
    String url = fields.text("url").orElse("");
    try {
      URI base = new URI(url);
      boolean plain = base.getQuery() == null && base.getFragment() == null;
      if (VoiceSource.Web.isAllowed(base) && plain && url.endsWith("/")) {
        return new VoiceSource.Web(base, Map.of(), checksums);
      }
    } catch (URISyntaxException e) {
      throw fields.invalid("url", url, "an https address that ends in / (" + e.getReason() + ")");
    }
    throw fields.invalid("url", url, "an https address that ends in /");
  }

  private static VoiceSource.Packaged packaged(Fields fields, Map<String, Checksum> checksums) {
    String version = fields.exact("version", VERSION);
    String folder = fields.exact("folder", FOLDER);
    return fields.has("npm_package")
        ? new VoiceSource.NpmPackage(
            fields.exact("npm_package", NPM_PACKAGE), version, folder, checksums)
        : new VoiceSource.PythonPackage(
            fields.exact("python_package", PACKAGE), version, folder, checksums);
  }
}
