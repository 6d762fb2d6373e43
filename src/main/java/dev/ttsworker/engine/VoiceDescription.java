package dev.ttsworker.engine;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Map;

/// Description of a loaded voice.
///
/// @param modelId the voicepack's id, such as `piper-en-us-joe-medium`
/// @param family `hibari`, `kokoro`, `piper` or `mock`
/// @param sampleRateHz rate of the samples it renders
/// @param languages BCP 47 tags, the most specific first
/// @param speakers speaker names to numbers; empty for a single speaker
/// @param speakerCount at least 1
/// @param input what it renders at a time
/// @param device `cpu` or `cuda:0`
/// @param streamsWithinSegment whether sound leaves before the segment is wholly computed
/// @param speakerLanguages for numbers of speakers that have languages of their own, these; empty
///   for a speaker whose language cannot be read here. None where all speak those of the voice
/// @param blends whether speakers can be blended
public record VoiceDescription(
    String modelId,
    String family,
    int sampleRateHz,
    List<String> languages,
    Map<String, Integer> speakers,
    int speakerCount,
    Input input,
    String device,
    boolean streamsWithinSegment,
    Map<Integer, List<String>> speakerLanguages,
    boolean blends) {

  /// What one rendering takes.
  public enum Input {
    /// A sentence: text is split at sentence ends, and wordless text is not spoken.
    SENTENCE,
    /// A text chunk exactly as the client sent it.
    CHUNK
  }

  public VoiceDescription {
    languages = List.copyOf(languages);
    speakers = Map.copyOf(speakers);
    speakerLanguages = Map.copyOf(speakerLanguages);
  }

  /// One whose speakers all speak its languages, each by itself.
  public VoiceDescription(
      String modelId,
      String family,
      int sampleRateHz,
      List<String> languages,
      Map<String, Integer> speakers,
      int speakerCount,
      Input input,
      String device,
      boolean streamsWithinSegment) {
    this(
        modelId,
        family,
        sampleRateHz,
        languages,
        speakers,
        speakerCount,
        input,
        device,
        streamsWithinSegment,
        Map.of(),
        false);
  }

  /// BCP 47 tags of a speaker, the most specific first; none when its language cannot be read here.
  public List<String> languages(int speaker) {
    return speakerLanguages.getOrDefault(speaker, languages);
  }

  /// The speaker that settings ask for, 0 where they ask for none.
  ///
  /// @throws WorkerException `INVALID_FIELD` for a speaker that the voice does not have, or whose
  ///   language cannot be read
  public int speaker(VoiceSettings settings) {
    int speaker = settings.speaker().orElse(0);
    if (speaker < 0 || speaker >= speakerCount) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "speaker is %d; %s has the speakers 0 to %d"
              .formatted(speaker, modelId, speakerCount - 1));
    }
    if (languages(speaker).isEmpty()) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "speaker is %d, whose language cannot be read here; allowed: speakers of %s"
              .formatted(speaker, String.join(", ", languages)));
    }
    return speaker;
  }
}
