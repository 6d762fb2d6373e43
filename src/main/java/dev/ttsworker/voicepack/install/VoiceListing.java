package dev.ttsworker.voicepack.install;

import java.util.List;

/// Voice listing: a voice that is installed, can be installed, or both; or language data.
///
/// @param id model id, or that of the data
/// @param installed whether it is on disk and usable
/// @param installable whether the catalogue has it
/// @param licence its name; empty when unknown
/// @param languages BCP 47 tags, the most specific first
/// @param description one line for people; may be empty
/// @param downloadBytes as the catalogue says; 0 when it is not installable
public record VoiceListing(
    String id,
    boolean installed,
    boolean installable,
    String licence,
    List<String> languages,
    String description,
    long downloadBytes) {
  public VoiceListing {
    languages = List.copyOf(languages);
  }
}
