package dev.ttsworker.grpc.riva;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.session.Protocol;
import dev.ttsworker.session.SessionOptions;
import dev.ttsworker.session.StandaloneCall;
import dev.ttsworker.voices.VoiceNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Settings of a request: voice, format and options of the call that it opens.
final class RivaSettings {
  private static final int USUAL_RATE_HZ = 22_050;

  private final VoiceNames names;
  private final Duration maxLead;

  /// @param maxLead lead at which synthesis pauses, unless a request says it
  RivaSettings(VoiceNames names, Duration maxLead) {
    this.names = names;
    this.maxLead = maxLead;
  }

  /// The call that a request asks for.
  ///
  /// @throws WorkerException `INVALID_FIELD` naming the field, the value and what is allowed
  StandaloneCall call(SynthesizeSpeechRequest request) {
    if (!request.getZeroShotData().getAudioPrompt().isEmpty()) {
      throw invalid(
          "zero_shot_data has a recording; allowed: none, the voices are those installed");
    }
    AudioFormat format = format(request);
    VoiceNames.Meaning voice = names.resolve(request.getVoiceName(), request.getLanguageCode());
    return new StandaloneCall(
        Protocol.RIVA,
        voice.modelId(),
        options(request, voice, format.sampleRateHz()),
        format.encoding(),
        Optional.of(maxLead));
  }

  /// The format that a request asks for.
  ///
  /// @throws WorkerException `INVALID_FIELD` naming the field, the value and what is allowed
  static AudioFormat format(SynthesizeSpeechRequest request) {
    return new AudioFormat(rate(request.getSampleRateHz()), encoding(request));
  }

  private static Map<String, String> options(
      SynthesizeSpeechRequest request, VoiceNames.Meaning voice, int rate) {
    Map<String, String> options = new HashMap<>();
    request
        .getCustomConfigurationMap()
        .forEach((key, value) -> {
          if (SessionOptions.isKey(key)) {
            options.put(key, value);
          }
        });
    String lexicon = CustomDictionary.lexicon(request.getCustomDictionary());
    if (!lexicon.isEmpty()) {
      options.merge("lexicon", lexicon, (one, other) -> one + "\n" + other);
    }
    voice.speaker().ifPresent(speaker -> options.put("speaker", speaker));
    options.put("sample_rate", Integer.toString(rate));
    options.put("words", "on");
    return options;
  }

  private static int rate(int asked) {
    int rate = asked == 0 ? USUAL_RATE_HZ : asked;
    if (!AudioFormat.RATES_HZ.contains(rate)) {
      throw invalid("sample_rate_hz is " + asked + "; allowed: 0, " + AudioFormat.allowedRates());
    }
    return rate;
  }

  private static AudioEncoding encoding(SynthesizeSpeechRequest request) {
    return switch (request.getEncoding()) {
      case ENCODING_UNSPECIFIED, LINEAR_PCM -> AudioEncoding.PCM_S16LE;
      case MULAW -> AudioEncoding.MULAW;
      case ALAW -> AudioEncoding.ALAW;
      case FLAC, OGGOPUS ->
          throw invalid(
              "encoding is " + request.getEncoding() + "; allowed: LINEAR_PCM, MULAW, ALAW");
      case UNRECOGNIZED ->
          throw invalid(
              "encoding is "
                  + request.getEncodingValue()
                  + "; allowed: LINEAR_PCM (1), MULAW (3), ALAW (20)");
    };
  }

  private static WorkerException invalid(String message) {
    return new WorkerException(ErrorCode.INVALID_FIELD, message);
  }
}
