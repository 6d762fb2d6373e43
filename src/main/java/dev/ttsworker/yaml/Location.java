package dev.ttsworker.yaml;

/// Source location: file and line of a value.
///
/// @param source the file as it was named, or another place in words
/// @param line from 1; 0 where there are no lines
public record Location(String source, int line) {

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
