package dev.ttsworker.yaml;

import java.util.List;

/// What a YAML file holds.
///
/// @param root its top level, without what cannot be used; empty for an empty file
/// @param problems why something cannot be used, in the order of the file
public record YamlFile(YamlNode.Section root, List<YamlProblem> problems) {
  public YamlFile {
    problems = List.copyOf(problems);
  }
}
