package dev.ttsworker.voicepack.install;

import java.nio.file.Path;

/// Install result.
///
/// @param modelId the voice's id
/// @param folder where it lies
/// @param alreadyInstalled whether it was there, complete and unchanged, so that nothing was done
/// @param source where it came from; empty when it was there already
/// @param licence the voice's licence, to be shown
/// @param licenceNote more about the licence; may be empty
public record InstallResult(
    String modelId,
    Path folder,
    boolean alreadyInstalled,
    String source,
    String licence,
    String licenceNote) {}
