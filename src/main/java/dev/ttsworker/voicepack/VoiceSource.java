package dev.ttsworker.voicepack;

import java.net.URI;
import java.util.Map;

/// A place that a voice's files can be fetched from.
sealed interface VoiceSource {
  /// Checksums that hold for this source instead of the voice's own, by file name.
  Map<String, Checksum> checksums();

  /// Where it is, for people.
  String describe();

  /// Files below a web address.
  ///
  /// @param base ends in `/`; a file's name is appended
  record Web(URI base, Map<String, Checksum> checksums) implements VoiceSource {
    public Web {
      checksums = Map.copyOf(checksums);
    }

    @Override
    public String describe() {
      return base.toString();
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

    @Override
    public String describe() {
      return "Python package " + name + " " + version;
    }
  }
}
