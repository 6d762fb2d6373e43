package dev.ttsworker.voicepack;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.yaml.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Voicepack store: the voices on disk, in `<root>/<family>/<name>/`. Reads only, so the root may
/// be read-only; thread-safe, every scan reads the disk. Further folders of the same form may
/// follow the root: of voices with the same id the first folder's is taken.
///
/// A client's model id is compared with the ids found here and never becomes part of a path. Links
/// are followed wherever they lead (people link voices in from other disks), but only to folders
/// and regular files, and no deeper than these two levels, so that no loop can form: who may write
/// into the root decides what is a voice.
public final class VoicepackStore {
  static final String NONE_FOUND = "no voicepack found; expected <family>/<name>/*.onnx";
  static final String NO_FOLDER = "no such folder, so no voicepack is installed";

  private final List<Path> roots;
  private final VoicepackReader reader = new VoicepackReader();
  private final List<Voicepack> builtIn = VoicepackFormats.builtIn();

  public VoicepackStore(Path root) {
    this(List.of(root));
  }

  /// @param root the voicepack root
  /// @param further a folder that need not exist; what it lacks is no problem
  public VoicepackStore(Path root, Path further) {
    this(Files.isDirectory(further) ? List.of(root, further) : List.of(root));
  }

  private VoicepackStore(List<Path> roots) {
    this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
  }

  /// Looks at all folders. Never fails: what cannot be used is a problem of the scan.
  public Scan scan() {
    Map<String, Voicepack> found = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    builtIn.forEach(voicepack -> found.put(voicepack.modelId(), voicepack));
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        scanRoot(root, problems).forEach(found::putIfAbsent);
      } else {
        problems.add(new Problem(label(root), NO_FOLDER));
      }
    }
    if (found.size() == builtIn.size() && problems.isEmpty()) {
      problems.add(new Problem(label(roots.getFirst()), NONE_FOUND));
    }
    problems.sort(Comparator.comparing(Problem::folder).thenComparing(Problem::reason));
    return new Scan(List.copyOf(found.values()), problems);
  }

  private Map<String, Voicepack> scanRoot(Path root, List<Problem> problems) {
    Map<String, Voicepack> found = new TreeMap<>();
    for (Path family : children(root, problems)) {
      scanFamily(family, found, problems);
    }
    return found;
  }

  /// The folder that gives a normalised id, usable or not; empty when there is none.
  public Optional<Path> folder(String id) {
    List<Problem> unlisted = new ArrayList<>();
    return roots.stream()
        .flatMap(root -> children(root, unlisted).stream())
        .filter(Files::isDirectory)
        .filter(family -> !isBuiltIn(familyName(family)))
        .flatMap(family -> children(family, unlisted).stream())
        .filter(folder -> isVoiceFolder(folder) && id(folder).equals(id))
        .findFirst();
  }

  /// Reads one folder as the scan does.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK`
  public Voicepack read(Path folder) {
    return reader.read(id(folder), familyName(familyOf(folder)), folder, new ArrayList<>());
  }

  private static boolean isVoiceFolder(Path folder) {
    return Files.isDirectory(folder) || Files.isSymbolicLink(folder);
  }

  private static Path familyOf(Path folder) {
    return Objects.requireNonNull(folder.getParent(), "a voice's folder lies in a family's");
  }

  private static String id(Path folder) {
    return ModelIds.normalise(familyName(familyOf(folder)) + "-" + Folders.name(folder));
  }

  private void scanFamily(Path family, Map<String, Voicepack> found, List<Problem> problems) {
    if (!Files.isDirectory(family)) {
      complainIfModel(family, problems);
      return;
    }
    for (Path folder : children(family, problems)) {
      if (Files.isDirectory(folder)) {
        scanFolder(family, folder, found, problems);
      } else if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
        problems.add(new Problem(label(folder), "is a link that leads nowhere"));
      } else {
        complainIfModel(folder, problems);
      }
    }
  }

  private void scanFolder(
      Path family, Path folder, Map<String, Voicepack> found, List<Problem> problems) {
    try {
      String familyName = familyName(family);
      String id = id(folder);
      requireFreeId(id, familyName, found);
      List<String> remarks = new ArrayList<>();
      found.put(id, reader.read(id, familyName, folder, remarks));
      remarks.forEach(remark -> problems.add(new Problem(label(folder), remark)));
    } catch (WorkerException e) {
      problems.add(new Problem(label(folder), e.getMessage()));
    }
  }

  private boolean isBuiltIn(String family) {
    return builtIn.stream().anyMatch(voicepack -> voicepack.family().equals(family));
  }

  private static WorkerException invalid(String reason) {
    return new WorkerException(ErrorCode.INVALID_VOICEPACK, reason);
  }

  private static String familyName(Path family) {
    return ModelIds.normalise(Folders.name(family));
  }

  private void requireFreeId(String id, String family, Map<String, Voicepack> found) {
    if (!ModelIds.isValid(id) || !ModelIds.isValid(family)) {
      throw invalid(
          "the names of its folders give the id %s; allowed: %s, in any case"
              .formatted(Redaction.ascii(id), ModelIds.RULE));
    }
    if (isBuiltIn(family)) {
      throw invalid("the family name " + family + " is kept for built-in voices");
    }
    if (found.containsKey(id)) {
      throw invalid("another folder already has the id " + id);
    }
  }

  private void complainIfModel(Path file, Collection<Problem> problems) {
    if (OnnxFolder.isModel(file)) {
      problems.add(
          new Problem(
              label(file), "lies outside a voice's folder; expected <family>/<name>/*.onnx"));
    }
  }

  private List<Path> children(Path folder, Collection<Problem> problems) {
    try {
      return Folders.visible(folder);
    } catch (IOException e) {
      problems.add(new Problem(label(folder), "cannot be listed: " + SmallFile.reason(e)));
      return List.of();
    }
  }

  private String label(Path path) {
    Path root = roots.stream().filter(path::startsWith).findFirst().orElseGet(roots::getFirst);
    Path rootName = root.getFileName();
    String inside = root.relativize(path).toString().replace('\\', '/');
    String name = rootName == null ? "/" : rootName.toString();
    return Printable.printable(inside.isEmpty() ? name : name + "/" + inside, 300);
  }
}
