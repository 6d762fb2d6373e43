package dev.ttsworker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/// Version and commit that the build wrote into the jar.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      version == null ? "tts-worker (not packaged)" : "tts-worker " + version + commit()
    };
  }

  /// Empty where the build was outside of a checkout.
  private static String commit() {
    return manifest()
        .map(found -> found.getMainAttributes().getValue("Implementation-Build"))
        .filter(commit -> !commit.isEmpty() && !commit.startsWith("$"))
        .map(commit -> " (" + commit + ")")
        .orElse("");
  }

  /// The one of the jar that this class is in.
  private static Optional<Manifest> manifest() {
    String own = Version.class.getProtectionDomain().getCodeSource().getLocation().toString();
    try (InputStream stream =
        java.net.URI.create("jar:" + own + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
      return Optional.of(new Manifest(stream));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
