package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.espeak.EspeakFrontEnd;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.piper.PartitionedModel.Openers;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.voicepack.VoiceFiles;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tiny voices in a folder of their own, and a loader. The phonemizer takes the text for phonemes,
/// one sentence per line.
final class PiperFixture {
  private static final Path VOICES = Path.of("src/test/resources/voicepacks/piper");

  final AtomicInteger unknown = new AtomicInteger();
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  final InferenceRuntime runtime;
  final Accelerators accelerators;
  final Path folder;
  final Path cache;
  LevelCalibration level = new LevelCalibration(-16, -1);

  PiperFixture(Path folder) {
    this(folder, cpu());
  }

  PiperFixture(Path folder, InferenceRuntime runtime) {
    this.runtime = runtime;
    this.accelerators =
        new Accelerators(runtime, System::nanoTime, Thread.ofPlatform().daemon().factory(), TIMER);
    this.folder = folder;
    this.cache = folder.resolve("cache");
  }

  static InferenceRuntime cpu() {
    return cpu(2);
  }

  /// With one thread no stage is opened once more for the first sound.
  static InferenceRuntime cpu(int threads) {
    return Runtimes.cpu(threads);
  }

  PiperLoader loader() {
    return new PiperLoader(this, PiperLoader.LINES, true);
  }

  /// One with a real front end.
  PiperLoader loader(EspeakPool espeak) {
    return new PiperLoader(this, new EspeakFrontEnd(() -> espeak), true);
  }

  /// One whose voices run whole.
  PiperLoader wholeLoader() {
    return new PiperLoader(this, PiperLoader.LINES, false);
  }

  /// Copies a tiny voice into the folder.
  Voicepack install(String name) {
    Path target = folder.resolve(name);
    try {
      Files.createDirectories(target);
      for (String file : List.of(name + ".onnx", name + ".onnx.json")) {
        Files.copy(VOICES.resolve(name).resolve(file), target.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pack(target, target.resolve(name + ".onnx"));
  }

  /// Copies a tiny voice that was loaded once, its stages and its calibration with it.
  Voicepack installLoaded(Voicepack loaded) {
    Path from = loaded.files().orElseThrow().folder();
    Path target = folder.resolve(from.getFileName());
    copyBelow(from, target);
    return pack(target, target.resolve(model(loaded).getFileName()));
  }

  /// Copies what lies in a folder into another, which may be there.
  static void copyBelow(Path from, Path to) {
    try {
      TinyVoices.copyFolder(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Voicepack pack(Path folder, Path model) {
    Path config = model.resolveSibling(model.getFileName() + ".json");
    return new Voicepack(
        "piper-" + folder.getFileName(),
        "piper",
        Optional.of(new VoiceFiles(folder, model, config, "1")),
        List.of("en-US"),
        Map.of());
  }

  static Path model(Voicepack pack) {
    return pack.files().orElseThrow().model();
  }

  VoiceModel load(Voicepack pack) {
    return loader().load(pack, Placement.CPU);
  }

  static PiperConfig config(Path file) {
    JsonNode root = new JsonMapper().readTree(file.toFile());
    Map<String, List<Integer>> ids = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.get("phoneme_id_map").properties()) {
      int[] numbers = new int[entry.getValue().size()];
      Arrays.setAll(numbers, i -> entry.getValue().get(i).asInt());
      ids.put(entry.getKey(), Arrays.stream(numbers).boxed().toList());
    }
    Map<String, Integer> speakers = new HashMap<>();
    root.path("speaker_id_map")
        .properties()
        .forEach(entry -> speakers.put(entry.getKey(), entry.getValue().asInt()));
    return new PiperConfig(
        root.at("/audio/sample_rate").asInt(),
        root.at("/audio/quality").asString(""),
        root.at("/espeak/voice").asString(""),
        root.at("/language/code").asString(""),
        PiperConfig.PhonemeType.ESPEAK,
        root.path("num_speakers").asInt(1),
        speakers,
        (float) root.at("/inference/noise_scale").asDouble(),
        (float) root.at("/inference/length_scale").asDouble(),
        (float) root.at("/inference/noise_w").asDouble(),
        ids,
        Map.of(),
        256);
  }

  /// The stages of a voice on the CPU, the urgent ones too.
  Openers openers() {
    return new Openers(
        runtime::loadOnCpu,
        Map.of(GraphPart.TEXT, runtime::loadUrgent, GraphPart.FLOW, runtime::loadUrgent));
  }
}
