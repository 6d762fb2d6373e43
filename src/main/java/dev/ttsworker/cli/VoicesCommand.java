package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import dev.ttsworker.voicepack.install.CollectionRefresh;
import dev.ttsworker.voicepack.install.InstallResult;
import dev.ttsworker.voicepack.install.VoiceListing;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// Command `voices`: manages the voices on disk.
@Command(
    name = "voices",
    description = "List, install, verify and remove voices.",
    mixinStandardHelpOptions = true)
final class VoicesCommand implements Runnable {
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
              defaultValue = "",
              description = "With --remote: only this one, such as de, de-DE or German.")
          String language,
      @Option(
              names = "--quality",
              paramLabel = "QUALITY",
              defaultValue = "",
              description = "With --remote: only this one; x_low, low, medium or high.")
          String quality) {
    if (remote) {
      listRemote(language, quality);
    } else if (language.isEmpty() && quality.isEmpty()) {
      list();
    } else {
      throw output.misuse("--language and --quality are for --remote");
    }
  }

  private void listRemote(String language, String quality) {
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
    ModelSettings settings = settings(Installation.current());
    PiperCollection before = PiperCollection.builtIn();
    PiperCollection now =
        new CollectionRefresh(folder(settings), settings.piperMirror())
            .refresh(LocalDate.now(ZoneId.systemDefault()), new ProgressBars(System.err));
    long fresh = now.voices().stream().filter(voice -> before.find(voice.key()).isEmpty()).count();
    output
        .out()
        .printf(
            "%d voices, %d of them not in the built-in index; %s%n",
            now.voices().size(), fresh, now.origin());
  }

  private VoiceFolders folders() {
    Installation installation = Installation.current();
    ModelSettings settings = settings(installation);
    return VoiceFolders.of(folder(settings), installation, settings.piperMirror());
  }

  private ModelSettings settings(Installation installation) {
    return config.load(installation, Overrides.none()).models();
  }

  private Path folder(ModelSettings settings) {
    return root == null ? settings.voicepackRoot() : root.toAbsolutePath();
  }
}
