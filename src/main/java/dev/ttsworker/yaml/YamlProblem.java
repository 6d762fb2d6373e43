package dev.ttsworker.yaml;

/// Problem in a YAML file.
///
/// @param origin the file; line 0 for a problem of the whole file
/// @param path keys from the top, such as `voices[0].id`; empty for a problem of the whole file
/// @param message a single line, without the file's text around the place
public record YamlProblem(Location origin, String path, String message) {

  /// The problem as one line for people: `NAME, line 3: key.path: message`.
  ///
  /// @param fileName shown in place of the path, which may reveal where the worker is installed
  public String describe(String fileName) {
    String line = origin.line() > 0 ? ", line " + origin.line() : "";
    return fileName + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
