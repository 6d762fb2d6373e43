package dev.ttsworker.engine.assembly;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A toy voice family, made of nothing but the API of families: each phoneme of the toy front end
/// [MorseFrontEnd] is a beep of 10 ms, a short one half as loud as a long one.
final class BeepFamily implements VoiceFamily {
  static final int SAMPLES_PER_PHONEME = 160;

  private static final int SAMPLE_RATE_HZ = 16_000;

  @Override
  public String family() {
    return "beep";
  }

  @Override
  public List<Voicepack> builtIn() {
    return List.of(
        new Voicepack("beep-morse", "beep", Optional.empty(), List.of("en-US"), Map.of()));
  }

  @Override
  public Contents read(Path folder) {
    throw new UnsupportedOperationException("beeps have no files");
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    return new BeepVoice(voicepack, services.frontEnds().get("morse").open("international"));
  }

  private record BeepVoice(Voicepack voicepack, GraphemeToPhoneme g2p) implements VoiceModel {
    @Override
    public VoiceDescription description() {
      return new VoiceDescription(
          voicepack.modelId(),
          voicepack.family(),
          SAMPLE_RATE_HZ,
          voicepack.languages(),
          Map.of(),
          1,
          VoiceDescription.Input.SENTENCE,
          "cpu",
          true);
    }

    @Override
    public Rendering render(
        String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
      return new Beeps(g2p.convert(text, asked.words()), asked.words());
    }

    @Override
    public void close() {}
  }

  /// One phoneme a step.
  private static final class Beeps implements Rendering {
    private final String phonemes;
    private final List<WordTiming> timings = new ArrayList<>();
    private int done;

    Beeps(PhonemizedText text, List<SpokenWord> words) {
      phonemes = String.join("", text.sentences());
      for (int i = 0; i < words.size(); i++) {
        PhonemeSpan span = text.spans().get(i);
        timings.add(
            WordTimingRequest.timing(
                words.get(i),
                (long) span.start() * SAMPLES_PER_PHONEME,
                (long) span.end() * SAMPLES_PER_PHONEME,
                true,
                List.of(),
                List.of()));
      }
    }

    @Override
    public boolean isFinished() {
      return done == phonemes.length();
    }

    @Override
    public List<WordTiming> takeWords() {
      List<WordTiming> taken = List.copyOf(timings);
      timings.clear();
      return taken;
    }

    @Override
    public float[] step(Pace pace, CancellationToken cancel) {
      float level =
          switch (phonemes.charAt(done++)) {
            case '-' -> 0.5f;
            case '.' -> 0.25f;
            default -> 0;
          };
      float[] samples = new float[SAMPLES_PER_PHONEME];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (level * Math.sin(2 * Math.PI * i / 16));
      }
      return samples;
    }
  }
}
