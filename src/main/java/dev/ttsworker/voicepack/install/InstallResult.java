package dev.ttsworker.voicepack.install;

import java.nio.file.Path;
import java.util.List;

/// Install result.
///
/// @param id of the voice or of the language data
/// @param place the voice's folder, or the data's file
/// @param alreadyInstalled whether it was there, complete and unchanged, so that nothing was done
/// @param source where it came from; empty when it was there already
/// @param licence its licence, to be shown
/// @param licenceNote more about the licence; may be empty
/// @param needed language data that were installed for it
public record InstallResult(
    String id,
    Path place,
    boolean alreadyInstalled,
    String source,
    String licence,
    String licenceNote,
    List<InstallResult> needed) {
  public InstallResult {
    needed = List.copyOf(needed);
  }
}
