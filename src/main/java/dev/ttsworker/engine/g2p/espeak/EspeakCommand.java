package dev.ttsworker.engine.g2p.espeak;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Launch command of a helper process with eSpeak NG, isolated from the worker: an environment of
/// its own, since the worker's may hold passwords and options for Java; an empty working folder; no
/// open files but its three streams, of which the error stream is discarded. It writes no files.
///
/// @param files the library and its data
record EspeakCommand(EspeakFiles files) implements HelperLauncher {
  /// File names may have any letters.
  static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8");

  /// Beside the library.
  static final String CLASS_CACHE = "espeak.aot";

  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          // Signals to the group of the worker are for the worker: see ProcessGuards.
          "-Xrs",
          // No files: performance data, the socket of debuggers, core dumps, error reports.
          "-XX:-UsePerfData",
          "-XX:+DisableAttachMechanism",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+SuppressFatalErrorMessage",
          // Standard output is for answers only.
          "-Xlog:disable",
          "-XX:+DisplayVMOutputToStderr",
          "--enable-native-access=ALL-UNNAMED");

  @Override
  public Process launch() throws IOException {
    return builder().start();
  }

  ProcessBuilder builder() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(classCache());
    command.add("-cp");
    command.add(classPath());
    command.add(EspeakServer.class.getName());
    command.add(absolute(files.library()));
    files.data().ifPresent(data -> command.add(absolute(data)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toAbsolutePath().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    return builder;
  }

  /// Java's cache of the classes that a helper loads (AOT cache), which halves the processor time
  /// of its start. The build makes it; one of another Java is passed over.
  private List<String> classCache() {
    Path cache = files.library().resolveSibling(CLASS_CACHE);
    return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + absolute(cache)) : List.of();
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  /// The class path of this program; the helper needs no other.
  private static String classPath() {
    @Nullable CodeSource source = EspeakCommand.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("The place of " + EspeakCommand.class + " is unknown");
    }
    try {
      return absolute(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(source.getLocation() + " is not the name of a file", e);
    }
  }
}
