package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.voicepack.Checksum;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Download source of a voice's files.
public sealed interface VoiceSource {
  /// Checksums that hold for this source instead of the voice's own, by file name.
  Map<String, Checksum> checksums();

  /// Where it is, for people.
  String describe();

  /// Files below a web address.
  ///
  /// @param base ends in `/`; a file's name is appended
  /// @param names what is appended for a file that has another name there; percent-encoded
  record Web(URI base, Map<String, String> names, Map<String, Checksum> checksums)
      implements VoiceSource {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public Web {
      names = Map.copyOf(names);
      checksums = Map.copyOf(checksums);
    }

    /// Where a file is.
    public URI address(String fileName) {
      return base.resolve(names.getOrDefault(fileName, fileName));
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

  /// Files inside a package of a package manager.
  sealed interface Packaged extends VoiceSource {
    /// A file's path inside the package.
    String path(String fileName);
  }

  /// Files inside a wheel on the Python package index that pip is set up for.
  ///
  /// @param folder inside the wheel, `/` between names; empty for its root
  record PythonPackage(String name, String version, String folder, Map<String, Checksum> checksums)
      implements Packaged {
    public PythonPackage {
      checksums = Map.copyOf(checksums);
    }

    @Override
    public String path(String fileName) {
      return folder.isEmpty() ? fileName : folder + "/" + fileName;
    }

    @Override
    public String describe() {
      return "Python package " + name + " " + version;
    }
  }

  /// Files inside a package of the registry that npm is set up for.
  ///
  /// @param folder inside the package, `/` between names; empty for its root
  record NpmPackage(String name, String version, String folder, Map<String, Checksum> checksums)
      implements Packaged {
    /// What npm puts a package's files into.
    private static final String ROOT = "package/";

    public NpmPackage {
      checksums = Map.copyOf(checksums);
    }

    @Override
    public String path(String fileName) {
      return ROOT + (folder.isEmpty() ? fileName : folder + "/" + fileName);
    }

    @Override
    public String describe() {
      return "npm package " + name + " " + version;
    }
  }

  /// One file in pieces, each in a package; joined in order they are the file.
  ///
  /// @param pieces at least one
  record Joined(List<Piece> pieces) implements VoiceSource {
    /// A piece.
    ///
    /// @param fileName in the package
    public record Piece(Packaged source, String fileName, Checksum checksum) {
      /// Its path inside the package.
      public String path() {
        return source.path(fileName);
      }
    }

    public Joined {
      pieces = List.copyOf(pieces);
    }

    @Override
    public Map<String, Checksum> checksums() {
      return Map.of();
    }

    @Override
    public String describe() {
      return pieces.stream()
          .map(piece -> piece.source().describe())
          .collect(Collectors.joining(" + "));
    }
  }
}
