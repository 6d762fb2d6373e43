package dev.ttsworker.voicepack;

import java.util.List;
import java.util.Set;

/// Scan result: the voices and problems that one scan of the folders found.
///
/// @param voicepacks usable voices by id, among them always the built-in tone
/// @param problems what was passed over, by folder
public record Scan(List<Voicepack> voicepacks, List<Problem> problems) {
  public Scan {
    voicepacks = List.copyOf(voicepacks);
    problems = List.copyOf(problems);
  }

  /// The same, without the remark that there is no voicepack at all.
  public Scan withoutEmptiness() {
    Set<String> remarks = Set.of(VoicepackStore.NONE_FOUND, VoicepackStore.NO_FOLDER);
    return new Scan(
        voicepacks,
        problems.stream().filter(problem -> !remarks.contains(problem.reason())).toList());
  }

  /// The ids of the usable voices, in order.
  public List<String> modelIds() {
    return voicepacks.stream().map(Voicepack::modelId).toList();
  }
}
