package dev.ttsworker.voicepack;

import java.util.List;

/// What one look at the voicepack folders found.
///
/// @param voicepacks usable voices by id, among them always the built-in tone
/// @param problems what was passed over, by folder
public record Scan(List<Voicepack> voicepacks, List<Problem> problems) {
  public Scan {
    voicepacks = List.copyOf(voicepacks);
    problems = List.copyOf(problems);
  }

  /// The ids of the usable voices, in order.
  public List<String> modelIds() {
    return voicepacks.stream().map(Voicepack::modelId).toList();
  }
}
