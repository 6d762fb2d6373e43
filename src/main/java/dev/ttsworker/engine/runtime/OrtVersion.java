package dev.ttsworker.engine.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ONNX Runtime version, without the patch number: patches do not change the interface.
record OrtVersion(int major, int minor) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\..*)?");

  /// Empty when the text is no version.
  static Optional<OrtVersion> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new OrtVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /// Whether `other` satisfies this requirement: the same major version and not older.
  boolean isAtMost(OrtVersion other) {
    return other.major == major && other.minor >= minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
