package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.voicepack.install.InstallResult;
import dev.ttsworker.voicepack.install.VoiceListing;
import java.nio.file.Path;
import java.util.List;
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
  void list() {
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
      @Parameters(paramLabel = "ID", converter = ModelIdConverter.class, description = "Model id.")
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
    output.out().println(folders().installerOf(id).verify(id));
  }

  @Command(name = "remove", description = "Delete an installed voice.")
  void remove(
      @Parameters(paramLabel = "ID", converter = ModelIdConverter.class, description = "Model id.")
          String id) {
    folders().remove(id);
    output.out().println(id + " removed");
  }

  private VoiceFolders folders() {
    Installation installation = Installation.current();
    return VoiceFolders.of(folder(installation), installation);
  }

  private Path folder(Installation installation) {
    return root == null
        ? config.load(installation, Overrides.none()).models().voicepackRoot()
        : root.toAbsolutePath();
  }
}
