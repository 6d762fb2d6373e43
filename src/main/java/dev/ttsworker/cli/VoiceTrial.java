package dev.ttsworker.cli;

import dev.ttsworker.codec.FileFormat;
import dev.ttsworker.codec.StreamEncoder;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.SessionOptions;
import dev.ttsworker.voicepack.ModelIds;
import dev.ttsworker.voicepack.Voicepack;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Trial of voices: the same sentences by each, loaded one after the other. Not thread-safe.
final class VoiceTrial implements AutoCloseable {
  /// Most voices of a trial.
  static final int MOST_VOICES = 50;

  /// Most sentences, and characters of each.
  static final int MOST_TEXTS = 10;

  static final int LONGEST_TEXT = 500;

  private static final FileFormat FORMAT = FileFormat.OPUS;
  private static final Map<String, String> OPTIONS = Map.of("sample_rate", "48000");
  private static final long SEED = 1;

  /// Most bytes of audio of all voices together.
  private final long mostBytes;

  private final WorkerConfig config;
  private final VoiceFolders folders;
  private final SpeechEngine engine;
  private final TrialSentences sentences = new TrialSentences();
  private long bytes;

  /// What came of a voice.
  sealed interface Result {
    /// As it was asked for, or its model id.
    String id();

    /// It spoke.
    ///
    /// @param computing of inference threads for all clips
    record Spoken(
        Voicepack voicepack, VoiceDescription description, List<Clip> clips, Duration computing)
        implements Result {
      public Spoken {
        clips = List.copyOf(clips);
      }

      @Override
      public String id() {
        return voicepack.modelId();
      }

      double seconds() {
        return clips.stream().mapToDouble(Clip::seconds).sum();
      }

      /// Seconds of computing for a second of speech.
      double cost() {
        return seconds() == 0 ? 0 : computing.toNanos() / 1e9 / seconds();
      }
    }

    /// It did not.
    record Failed(String id, String reason) implements Result {}
  }

  /// A sentence and its audio.
  ///
  /// @param audio a file of Opus in Ogg
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Clip(String text, double seconds, byte[] audio) {}

  VoiceTrial(WorkerConfig config, Installation installation, VoiceFolders folders, long mostBytes) {
    this.config = config;
    this.folders = folders;
    this.mostBytes = mostBytes;
    this.engine = SpeechEngine.open(EngineOptions.of(config, installation), EngineObserver.NONE);
  }

  /// Tries one voice on the calling thread. What goes wrong with it is its result.
  ///
  /// @param name model id, or a name of the collection
  /// @param texts empty for the sentences of the voice's language
  Result attempt(String name, List<String> texts, Consumer<String> warnings) {
    try {
      if (bytes >= mostBytes) {
        throw new WorkerException(
            ErrorCode.NO_CAPACITY, "the page has no more room: try fewer voices at once");
      }
      return speak(voicepack(folders.installed(name)), texts, warnings);
    } catch (WorkerException e) {
      return new Result.Failed(name, e.getMessage());
    }
  }

  private Result speak(Voicepack voicepack, List<String> texts, Consumer<String> warnings) {
    try (Voice voice = engine.load(voicepack, VoiceLoader.Placement.PREFERRED)) {
      VoiceDescription description = voice.description();
      SessionOptions options =
          SessionOptions.read(
              OPTIONS, description, config.synthesis().maxLead(), TextOptions.of(config.text()));
      String warmUp = config.models().warmupText();
      var _ = new WholeText(warmUp, options, SEED).speak(voice, (_, _) -> {}, _ -> {});
      List<Clip> clips = new ArrayList<>();
      Duration computing = Duration.ZERO;
      List<String> chosen = texts.isEmpty() ? sentences.of(voicepack.languages()) : texts;
      for (String text : chosen) {
        Recording recording = new Recording();
        SynthesisSummary summary =
            new WholeText(text, options, SEED).speak(voice, recording, warnings);
        clips.add(recording.clip(text));
        computing = computing.plus(summary.computing());
      }
      bytes += clips.stream().mapToLong(clip -> clip.audio().length).sum();
      return new Result.Spoken(voicepack, description, clips, computing);
    }
  }

  private Voicepack voicepack(String id) {
    List<Voicepack> installed = folders.store().scan().voicepacks();
    return installed.stream()
        .filter(voicepack -> voicepack.modelId().equals(ModelIds.normalise(id)))
        .findFirst()
        .orElseThrow(() ->
            new WorkerException(
                ErrorCode.MODEL_NOT_FOUND,
                ModelIds.notFound(id, installed.stream().map(Voicepack::modelId).toList())
                    + (folders.catalogue().contains(id)
                        ? "; `tts-worker voices install " + id + "` installs it"
                        : "")));
  }

  /// Encodes as it comes.
  private static final class Recording implements SpeechOutput {
    private final StreamEncoder encoder = FORMAT.encoder();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private long samples;

    @Override
    public void write(AudioFormat format, byte[] frame) {
      samples += frame.length / format.encoding().bytesPerSample();
      file.writeBytes(encoder.encode(frame));
    }

    Clip clip(String text) {
      file.writeBytes(encoder.finish());
      double seconds = (double) samples / FORMAT.samples().sampleRateHz();
      return new Clip(text, seconds, file.toByteArray());
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
