package dev.ttsworker.engine.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of ONNX Runtime, without its third number: patches keep the interface.
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

  /// Whether `other` can be used where this one is needed: of the same major number and not older.
  boolean isAtMost(OrtVersion other) {
    return other.major == major && other.minor >= minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
