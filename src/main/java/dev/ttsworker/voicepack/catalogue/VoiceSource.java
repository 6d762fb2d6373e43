package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/// Download source of a voice's files.
public sealed interface VoiceSource {
  /// Checksums that hold for this source instead of the voice's own, by file name.
  Map<String, Checksum> checksums();

  /// Where it is, for people.
  String describe();

  /// Files below a web address.
  ///
  /// @param base ends in `/`; a file's name is appended
  record Web(URI base, Map<String, Checksum> checksums) implements VoiceSource {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Web {
      checksums = Map.copyOf(checksums);
    }

    @Override
    public String describe() {
      return base.toString();
    }

    /// Whether files may be fetched from there: over HTTPS, or from this machine.
    public static boolean isAllowed(URI address) {
      if (address.getHost() == null || address.getUserInfo() != null) {
        return false;
      }
      return "https".equals(address.getScheme())
          || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
    }
  }

  /// Files inside a wheel on the Python package index that pip is set up for.
  ///
  /// @param folder inside the wheel, `/` between names; empty for its root
  record PythonPackage(String name, String version, String folder, Map<String, Checksum> checksums)
      implements VoiceSource {
    public PythonPackage {
      checksums = Map.copyOf(checksums);
    }

    /// A file's path inside the wheel.
    public String path(String fileName) {
      return folder.isEmpty() ? fileName : folder + "/" + fileName;
    }

    @Override
    public String describe() {
      return "Python package " + name + " " + version;
    }
  }
}
