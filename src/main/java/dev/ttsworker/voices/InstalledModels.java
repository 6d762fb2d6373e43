package dev.ttsworker.voices;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.Problem;
import dev.ttsworker.voicepack.Scan;
import dev.ttsworker.voicepack.Voicepack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Model registry: what is installed, and which model an id means. An id that is installed always
/// wins, then comes the configured alias and the name of a family. Thread-safe; works on the last
/// scan.
public final class InstalledModels {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledModels.class);

  private final Supplier<Scan> scanner;
  private final Map<String, String> aliases = new HashMap<>();
  private final String defaultId;
  private volatile Scan scan = new Scan(List.of(), List.of());

  /// Looks at the disk once.
  public InstalledModels(ModelSettings settings, Supplier<Scan> scanner) {
    this.scanner = scanner;
    this.defaultId = ModelIds.normalise(settings.defaultModelId());
    settings
        .aliases()
        .forEach((id, target) -> aliases.put(ModelIds.normalise(id), ModelIds.normalise(target)));
    rescan();
  }

  /// Looks at the disk again, and logs what keeps voices from being used when that is news.
  void rescan() {
    Set<Problem> known = new HashSet<>(scan.problems());
    scan = scanner.get();
    scan.problems().stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> LOG.warn("Voicepack problem: {}", problem));
  }

  List<Voicepack> all() {
    return scan.voicepacks();
  }

  /// The ids that stand for this one.
  List<String> aliasesOf(String modelId) {
    Scan now = scan;
    return aliases.keySet().stream()
        .filter(alias -> aliasOf(now, alias).filter(modelId::equals).isPresent())
        .sorted()
        .toList();
  }

  /// Finds out what a client means.
  ///
  /// @throws WorkerException `MODEL_NOT_FOUND` with near matches, or `INVALID_VOICEPACK` with what
  ///   is wrong with the folder
  Choice resolve(String asked) {
    String id = ModelIds.normalise(asked);
    Scan now = scan;
    Optional<Voicepack> first = find(now, defaultId);
    Optional<String> alias = aliasOf(now, id);
    String note = alias.map(target -> aliasNote(id, target)).orElse("");
    if (id.isEmpty() || id.equals(defaultId)) {
      return new Choice(first, true, note);
    }
    Optional<Voicepack> found = find(now, id);
    if (found.isPresent()) {
      return new Choice(found, found.equals(first), note);
    }
    if (alias.filter(defaultId::equals).isPresent()) {
      return new Choice(first, true, note);
    }
    throw missing(now, asked, id);
  }

  /// The installed voice that a client means; the default model when `asked` is empty.
  ///
  /// @throws WorkerException as [#resolve]
  public Voicepack voicepack(String asked) {
    return resolve(asked).voicepack().orElseThrow(() -> missing(scan, defaultId, defaultId));
  }

  /// The voice that a configured id means.
  ///
  /// @throws WorkerException as [#resolve]
  Voicepack require(String configuredId) {
    String id = ModelIds.normalise(configuredId);
    return find(id).orElseThrow(() -> missing(scan, configuredId, id));
  }

  /// As [#require], but empty when there is none.
  public Optional<Voicepack> find(String configuredId) {
    return find(scan, ModelIds.normalise(configuredId));
  }

  /// The voice that has exactly this id.
  Optional<Voicepack> withId(String modelId) {
    return installed(scan, modelId);
  }

  /// The configured alias of an id, when it is in effect: installed ids and aliases that lead
  /// nowhere have none, unless the default is meant, for which a fallback may speak.
  private Optional<String> aliasOf(Scan now, String id) {
    return Optional.ofNullable(aliases.get(id))
        .filter(target -> installed(now, id).isEmpty())
        .filter(target -> target.equals(defaultId) || installed(now, target).isPresent());
  }

  private Optional<Voicepack> find(Scan now, String id) {
    return installed(now, id)
        .or(() -> aliasOf(now, id).flatMap(target -> installed(now, target)))
        .or(() -> firstOfFamily(now, id));
  }

  private static Optional<Voicepack> installed(Scan now, String id) {
    return now.voicepacks().stream().filter(pack -> pack.modelId().equals(id)).findFirst();
  }

  private static Optional<Voicepack> firstOfFamily(Scan now, String family) {
    return now.voicepacks().stream()
        .filter(pack -> pack.family().equals(family))
        .min((one, other) -> one.modelId().compareTo(other.modelId()));
  }

  private static String aliasNote(String id, String target) {
    return "model " + id + " is not installed, its alias " + target + " speaks";
  }

  private static WorkerException missing(Scan now, String asked, String id) {
    String reasons =
        now.problems().stream()
            .filter(problem -> idOf(problem).equals(id))
            .map(Problem::reason)
            .collect(Collectors.joining("; "));
    if (reasons.isEmpty()) {
      return new WorkerException(
          ErrorCode.MODEL_NOT_FOUND, ModelIds.notFound(asked, now.modelIds()));
    }
    return new WorkerException(
        ErrorCode.INVALID_VOICEPACK, Messages.brief("Model " + id + " cannot be used: " + reasons));
  }

  /// The id that a folder `…/family/name` would have.
  private static String idOf(Problem problem) {
    String[] parts = problem.folder().split("/", -1);
    return parts.length < 2
        ? ""
        : ModelIds.normalise(parts[parts.length - 2] + "-" + parts[parts.length - 1]);
  }
}
