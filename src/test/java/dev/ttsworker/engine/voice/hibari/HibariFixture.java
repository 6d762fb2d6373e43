package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.Pronouncer;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.VocabularyReader;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// The tiny voice in a folder of its own, or the real one where it is installed. The front end
/// takes the text for phonemes, one sentence per line.
final class HibariFixture {
  static final Path TINY = Path.of("src/test/resources/voicepacks/hibari/tiny");
  static final Path REAL = Path.of("voicepacks/hibari/en-us-heart");
  static final String NOT_INSTALLED = REAL + " is not installed";

  private static final List<String> LANGUAGES = List.of("en-US", "en");

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  final AtomicInteger unknown = new AtomicInteger();
  final List<String> varieties = new ArrayList<>();
  final InferenceRuntime runtime;
  final Accelerators accelerators;
  final Path folder;
  LevelCalibration level = new LevelCalibration(-16, -1);

  HibariFixture(Path folder) {
    this(folder, Runtimes.cpu(2));
  }

  HibariFixture(Path folder, InferenceRuntime runtime) {
    this.folder = folder;
    this.runtime = runtime;
    this.accelerators =
        new Accelerators(runtime, System::nanoTime, Thread.ofPlatform().daemon().factory(), TIMER);
  }

  static boolean isRealInstalled() {
    return Files.exists(REAL.resolve("hibari.onnx"));
  }

  /// Copies the files of the tiny voice; the real one stays where it is, with what its first
  /// loading keeps beside it.
  Voicepack install(Path voice) {
    if (voice.equals(REAL)) {
      return pack(REAL, model(REAL), LANGUAGES);
    }
    Path target = folder.resolve(String.valueOf(voice.getFileName()));
    try {
      Files.createDirectories(target);
      for (String file : List.of(model(voice), "vocab.json")) {
        Files.copy(voice.resolve(file), target.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pack(target, model(voice), LANGUAGES);
  }

  static String model(Path voice) {
    return voice.equals(REAL) ? "hibari.onnx" : "tiny.onnx";
  }

  static Voicepack pack(Path folder, String model, List<String> languages) {
    return new Voicepack(
        "hibari-" + folder.getFileName(),
        "hibari",
        Optional.of(
            new VoiceFiles(folder, folder.resolve(model), folder.resolve("vocab.json"), "1")),
        languages,
        Map.of());
  }

  VoiceModel load(Voicepack pack) {
    return load(pack, Placement.PREFERRED);
  }

  VoiceModel load(Voicepack pack, Placement placement) {
    return new HibariFamily().load(pack, placement, services());
  }

  /// The parts of a voice, on the CPU or as [#load] has them; the caller closes the model.
  HibariModel open(Voicepack pack, Placement placement) {
    VoiceServices services = services();
    return new HibariOpener(services)
        .open(
            pack.files().orElseThrow(),
            new DecoderCalibration(vocabulary(pack), false),
            services.accelerated(placement))
        .model();
  }

  static PhonemeVocabulary vocabulary(Voicepack pack) {
    return new PhonemeVocabulary(
        new VocabularyReader().read(pack.files().orElseThrow().modelConfig()));
  }

  private VoiceServices services() {
    return new VoiceServices(
        runtime,
        accelerators,
        frontEnds(),
        true,
        folder.resolve("cache"),
        level,
        new EngineObserver() {
          @Override
          public void unknownPhonemes(int count) {
            unknown.addAndGet(count);
          }
        });
  }

  FrontEnds frontEnds() {
    return new FrontEnds(
        List.of(
            new FrontEnd() {
              @Override
              public String name() {
                return "english";
              }

              @Override
              public GraphemeToPhoneme open(String variety) {
                varieties.add(variety);
                return new Pronouncer(text -> text.lines().toList());
              }
            }));
  }

  /// Mean power in dB of full scale.
  static double level(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10(sum / (to - from) + 1e-12);
  }
}
