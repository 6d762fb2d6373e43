package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import dev.ttsworker.voicepack.install.CollectionRefresh;
import dev.ttsworker.voicepack.install.InstallResult;
import dev.ttsworker.voicepack.install.VoiceListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// Command `voices`: manages the voices on disk.
@Command(
    name = "voices",
    description = "List, install, verify and remove voices.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
final class VoicesCommand implements Runnable {
  private static final List<String> QUALITIES = List.of("x_low", "low", "medium", "high");
  private static final long MOST_AUDIO_BYTES = 48L << 20;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = {"--voicepack-root", "--voicepack_root"},
      paramLabel = "FOLDER",
      converter = FolderConverter.class,
      scope = ScopeType.INHERIT,
      description = "Where the voices are; default: as configured.")
  private @Nullable Path root;

  @Mixin private final Output output = new Output();

  /// Without a verb: the list.
  @Override
  public void run() {
    list();
  }

  @Command(name = "list", description = "Show installed and installable voices.")
  void list(
      @Option(
              names = "--remote",
              description = "Show the public collection of Piper voices instead.")
          boolean remote,
      @Option(
              names = "--language",
              paramLabel = "LANGUAGE",
              description = "With --remote: only this one, such as de, de-DE or German.")
          @Nullable String language,
      @Option(
              names = "--quality",
              paramLabel = "QUALITY",
              defaultValue = "",
              description = "With --remote: only this one; x_low, low, medium or high.")
          String quality) {
    if (remote) {
      if (language != null && language.isBlank()) {
        throw output.misuse("--language", language, "a language such as de, de-DE or German");
      }
      listRemote(language == null ? "" : language, quality.toLowerCase(Locale.ROOT));
    } else if (language == null && quality.isEmpty()) {
      list();
    } else {
      throw output.misuse("--language and --quality are for --remote");
    }
  }

  private void listRemote(String language, String quality) {
    if (!quality.isEmpty() && !QUALITIES.contains(quality)) {
      throw output.misuse("--quality", quality, String.join(", ", QUALITIES));
    }
    VoiceFolders folders = folders();
    Set<String> installed =
        folders.store().scan().voicepacks().stream()
            .map(Voicepack::modelId)
            .collect(Collectors.toUnmodifiableSet());
    RemoteVoices remote = new RemoteVoices(folders.collection(), installed);
    List<String> lines = remote.lines(language, quality);
    lines.forEach(output.out()::println);
    output.out().println(remote.summary(lines.size(), LocalDate.now(ZoneId.systemDefault())));
  }

  private void list() {
    VoiceFolders folders = folders();
    for (VoiceListing voice : folders.list()) {
      String state = voice.installed() ? "installed" : "available";
      output
          .out()
          .printf(
              "%-36s %-10s %-10s %-14s %s%n",
              voice.id(),
              state,
              String.join(",", voice.languages()),
              voice.licence(),
              voice.description());
    }
    folders
        .store()
        .scan()
        .problems()
        .forEach(problem -> output.err().println("problem: " + problem));
  }

  @Command(
      name = "install",
      description = "Install a voice of the catalogue, and the language data that it needs.")
  void install(
      @Parameters(
              paramLabel = "ID",
              converter = VoiceNameConverter.class,
              description = "Model id, or a name of the collection such as en_GB-cori-medium.")
          String id,
      @Option(
              names = "--from",
              paramLabel = "PATH",
              converter = ExistingPathConverter.class,
              description =
                  "Take all files from here instead of downloading them: a wheel, one of the files,"
                      + " or a folder of these. May be repeated.")
          @Nullable List<Path> from) {
    List<Path> given = from == null ? List.of() : from;
    InstallResult result = folders().installer().install(id, given, new ProgressBars(System.err));
    result.needed().forEach(this::show);
    show(result);
  }

  private void show(InstallResult result) {
    if (result.alreadyInstalled()) {
      output.out().println(result.id() + " is installed and unchanged");
    } else {
      output.out().println(result.id() + " installed from " + result.source());
    }
    output.out().println("Licence: " + result.licence() + " " + result.licenceNote());
  }

  @Command(name = "verify", description = "Check the files of an installed voice.")
  void verify(
      @Parameters(paramLabel = "ID", converter = ModelIdConverter.class, description = "Model id.")
          String id) {
    VoiceFolders folders = folders();
    String installed = folders.installed(id);
    output.out().println(folders.installerOf(installed).verify(installed));
  }

  @Command(name = "remove", description = "Delete an installed voice.")
  void remove(
      @Parameters(paramLabel = "ID", converter = ModelIdConverter.class, description = "Model id.")
          String id) {
    VoiceFolders folders = folders();
    String installed = folders.installed(id);
    folders.remove(installed);
    output.out().println(installed + " removed");
  }

  @Command(
      name = "refresh",
      description = "Read the present index of the public collection of Piper voices.")
  void refresh() {
    ModelSettings settings = loaded(Installation.current()).models();
    PiperCollection before = PiperCollection.builtIn();
    PiperCollection now =
        new CollectionRefresh(settings.voicepackRoot(), settings.piperMirror())
            .refresh(LocalDate.now(ZoneId.systemDefault()), new ProgressBars(System.err));
    long fresh = now.voices().stream().filter(voice -> before.find(voice.key()).isEmpty()).count();
    output
        .out()
        .printf(
            "%d voices, %d of them not in the built-in index; %s%n",
            now.voices().size(), fresh, now.origin());
  }

  @Command(
      name = "try",
      description =
          "Speak the same sentences with several installed voices, into one page to listen to.")
  int attempt(
      @Parameters(
              paramLabel = "ID",
              arity = "1..*",
              converter = VoiceNameConverter.class,
              description = "Model ids of installed voices.")
          List<String> ids,
      @Option(
              names = "--text",
              paramLabel = "TEXT",
              description =
                  "A sentence to say; may be repeated. Default: three in the voice's language.")
          @Nullable List<String> texts,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              defaultValue = "voices.html",
              description = "HTML page to write; default voices.html.")
          Path page)
      throws IOException {
    List<String> said = texts == null ? List.of() : texts;
    requireTrial(ids, said);
    output.checkWritable("--output", page);
    Installation installation = Installation.current();
    WorkerConfig loaded = loaded(installation);
    VoiceFolders folders = folders(installation, loaded.models());
    List<VoiceTrial.Result> results = new ArrayList<>();
    try (VoiceTrial trial = new VoiceTrial(loaded, installation, folders, MOST_AUDIO_BYTES)) {
      for (String id :
          ids.stream().map(folders::installed).map(ModelIds::normalise).distinct().toList()) {
        VoiceTrial.Result result = trial.attempt(id, said, this::warn);
        results.add(result);
        output.out().println(summary(result));
      }
    }
    if (results.stream().noneMatch(VoiceTrial.Result.Spoken.class::isInstance)) {
      return ExitCode.SOFTWARE;
    }
    Files.writeString(
        page, TrialPage.of(results, VoicesCommand::size, LocalDate.now(ZoneId.systemDefault())));
    output.out().println(page);
    return ExitCode.OK;
  }

  private void requireTrial(List<String> ids, List<String> texts) {
    if (ids.size() > VoiceTrial.MOST_VOICES) {
      throw output.misuse("ID", ids.size() + " of them", "up to " + VoiceTrial.MOST_VOICES);
    }
    boolean sayable =
        texts.size() <= VoiceTrial.MOST_TEXTS
            && texts.stream()
                .allMatch(text -> !text.isBlank() && text.length() <= VoiceTrial.LONGEST_TEXT);
    if (!sayable) {
      throw output.misuse(
          "--text: allowed: up to %d texts of 1 to %d characters"
              .formatted(VoiceTrial.MOST_TEXTS, VoiceTrial.LONGEST_TEXT));
    }
  }

  private static String summary(VoiceTrial.Result result) {
    return switch (result) {
      case VoiceTrial.Result.Spoken spoken ->
          String.format(
              Locale.ROOT,
              "%-36s %.2f s of speech, %.3f s of computing per second",
              spoken.id(),
              spoken.seconds(),
              spoken.cost());
      case VoiceTrial.Result.Failed failed ->
          String.format(Locale.ROOT, "%-36s FAILED: %s", failed.id(), failed.reason());
    };
  }

  private static long size(Voicepack voicepack) {
    return voicepack.files().map(VoiceFiles::model).map(VoicesCommand::size).orElse(0L);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private void warn(String warning) {
    output.err().println("WARN  " + warning);
  }

  private VoiceFolders folders() {
    Installation installation = Installation.current();
    return folders(installation, loaded(installation).models());
  }

  private static VoiceFolders folders(Installation installation, ModelSettings settings) {
    return VoiceFolders.of(settings.voicepackRoot(), installation, settings.piperMirror());
  }

  private WorkerConfig loaded(Installation installation) {
    Overrides overrides =
        root == null
            ? Overrides.none()
            : new Overrides(
                Map.of(
                    dev.ttsworker.config.reader.Option.VOICEPACK_ROOT,
                    root.toAbsolutePath().toString()));
    return config.load(installation, overrides);
  }
}
