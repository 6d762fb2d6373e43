package dev.ttsworker.wyoming;

import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Protocol;
import dev.ttsworker.session.StandaloneCall;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.PiperNames;
import dev.ttsworker.voices.VoiceNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Settings of a call: voice and text format of `synthesize` or `synthesize-start`.
final class CallSettings {
  private static final int MAX_SHOWN_CHARS = 60;

  private final PiperNames names;
  private final int longestText;
  private final Duration maxLead;

  /// @param longestText characters of one event
  CallSettings(Models models, ClientSettings clients, int longestText) {
    this.names = new PiperNames(models, "voice.name", clients.foreignVoices());
    this.longestText = longestText;
    this.maxLead = clients.maxLead();
  }

  /// The call that an event asks for.
  ///
  /// @throws WorkerException `INVALID_FIELD` naming the field, the value and what is allowed
  StandaloneCall call(WyomingEvent event) {
    String name = event.text("voice", "name");
    VoiceNames.Meaning voice = names.resolve(name, event.text("voice", "language"));
    Map<String, String> options = new HashMap<>();
    options.put("sample_rate", Integer.toString(SpeechReply.FORMAT.sampleRateHz()));
    options.put("words", "off");
    speaker(event, name, voice).ifPresent(speaker -> options.put("speaker", speaker));
    markup(event).ifPresent(markup -> options.put("markup", markup));
    return new StandaloneCall(
        Protocol.WYOMING, voice.modelId(), options, AudioEncoding.PCM_S16LE, Optional.of(maxLead));
  }

  /// The default voice has not the speakers of the voice that it speaks for.
  private static Optional<String> speaker(
      WyomingEvent event, String name, VoiceNames.Meaning voice) {
    if (!name.isBlank() && voice.modelId().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(event.text("voice", "speaker"))
        .filter(it -> !it.isBlank())
        .or(voice::speaker);
  }

  private static Optional<String> markup(WyomingEvent event) {
    String format = event.text("text_format");
    return switch (format) {
      case "" -> Optional.empty();
      case "text" -> Optional.of("off");
      case "ssml" -> Optional.of("on");
      default ->
          throw new WorkerException(
              ErrorCode.INVALID_FIELD,
              "text_format is "
                  + Printable.printable(format, MAX_SHOWN_CHARS)
                  + "; allowed: text, ssml");
    };
  }

  /// The text of an event.
  ///
  /// @throws WorkerException `INVALID_FIELD` or `TEXT_TOO_LONG`
  String text(WyomingEvent event) {
    String text = event.text("text");
    if (text.length() > longestText) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "text has " + text.length() + " characters; allowed: 0 to " + longestText);
    }
    return text;
  }
}
