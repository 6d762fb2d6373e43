package dev.ttsworker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
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
    String jar = Version.class.getProtectionDomain().getCodeSource().getLocation().toString();
    URI manifest = URI.create("jar:" + jar + "!/META-INF/MANIFEST.MF");
    try (InputStream stream = manifest.toURL().openStream()) {
      String commit = new Manifest(stream).getMainAttributes().getValue("Implementation-Build");
      boolean known = commit != null && !commit.isEmpty() && !commit.startsWith("$");
      return known ? " (" + commit + ")" : "";
    } catch (IOException e) {
      throw new UncheckedIOException("The worker's own jar cannot be read", e);
    }
  }
}
