package dev.ttsworker.yaml;

import java.util.List;

/// Content of a YAML file.
///
/// @param root its top level, without what cannot be used; empty for an empty file
/// @param problems why something cannot be used, in the order of the file
public record YamlFile(YamlNode.Section root, List<YamlProblem> problems) {
  public YamlFile {
    problems = List.copyOf(problems);
  }
}
