package dev.ttsworker.engine.voice.kokoro;

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
import java.util.stream.Stream;

/// The tiny voices in a folder of their own, or the real one where it is installed. The front ends
/// take the text for phonemes, one sentence per line.
final class KokoroFixture {
  static final Path VOICES = Path.of("src/test/resources/voicepacks/kokoro");
  static final Path TINY = VOICES.resolve("tiny");
  static final Path FLOAT = VOICES.resolve("tiny-float");
  static final Path REAL = Path.of("voicepacks/kokoro/82m");
  static final String NOT_INSTALLED = REAL + " is not installed";

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  final AtomicInteger unknown = new AtomicInteger();
  final List<String> opened = new ArrayList<>();
  final InferenceRuntime runtime;
  final Accelerators accelerators;
  final Path folder;
  LevelCalibration level = new LevelCalibration(-16, -1);

  KokoroFixture(Path folder) {
    this(folder, Runtimes.cpu(2));
  }

  KokoroFixture(Path folder, InferenceRuntime runtime) {
    this.folder = folder;
    this.runtime = runtime;
    this.accelerators =
        new Accelerators(runtime, System::nanoTime, Thread.ofPlatform().daemon().factory(), TIMER);
  }

  static boolean isRealInstalled() {
    return Files.exists(REAL.resolve("vocab.json"));
  }

  /// Copies the files of a tiny voice.
  Path copy(Path voice) {
    Path target = folder.resolve(String.valueOf(voice.getFileName()));
    try (Stream<Path> all = Files.walk(voice)) {
      for (Path file : all.toList()) {
        Files.copy(file, target.resolve(voice.relativize(file)));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Voicepack pack(Path folder) {
    VoiceFiles files = new KokoroFamily().read(folder).files();
    return new Voicepack(
        "kokoro-" + folder.getFileName(),
        "kokoro",
        Optional.of(files),
        List.of("en-US", "en-GB", "en", "es"),
        Map.of());
  }

  VoiceModel load(Path voice) {
    return load(voice, Placement.PREFERRED);
  }

  VoiceModel load(Path voice, Placement placement) {
    return new KokoroFamily().load(pack(voice), placement, services());
  }

  private VoiceServices services() {
    return new VoiceServices(
        runtime,
        accelerators,
        new FrontEnds(List.of(frontEnd("english"), frontEnd("espeak"))),
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

  private FrontEnd frontEnd(String name) {
    return new FrontEnd() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public GraphemeToPhoneme open(String variety) {
        opened.add(name + " " + variety);
        return new Pronouncer(text -> text.lines().toList());
      }
    };
  }
}
