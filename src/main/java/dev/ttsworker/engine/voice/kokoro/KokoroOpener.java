package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.graph.StyleGraph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.cache.Calibration;
import dev.ttsworker.engine.voice.cache.PartFolders;
import dev.ttsworker.engine.voice.sentence.CalibrationPhonemes;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Model loader: makes the graph of floats and measures the level once, keeps both, and opens the
/// graph. Thread-safe.
final class KokoroOpener {
  private static final Logger LOG = LoggerFactory.getLogger(KokoroOpener.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final InferenceRuntime runtime;
  private final PartFolders folders;
  private final LevelCalibration level;
  private final Accelerators accelerators;

  KokoroOpener(VoiceServices services) {
    this.runtime = services.runtime();
    this.folders = new PartFolders(services.cacheDirectory());
    this.level = services.level();
    this.accelerators = services.accelerators();
  }

  /// @param model the caller closes it
  /// @param level what brings the first speaker to the loudness target; empty when silent
  /// @param device where sentences are computed
  record Opened(KokoroModel model, Optional<Level> level, String device) {}

  /// @param accelerated whether sentences are to be computed on accelerators too
  /// @throws dev.ttsworker.error.WorkerException `INVALID_VOICEPACK` for another kind of graph,
  ///   `MODEL_LOAD_FAILED`
  Opened open(Path file, KokoroCalibration calibration, boolean accelerated) {
    KokoroFiles kept =
        folders.find(file, StyleGraph.VERSION, KokoroFiles::read).orElseGet(() -> rewrite(file));
    Optional<KokoroModel> unfinished = Optional.empty();
    boolean inUse = false;
    try {
      // On one thread: on two, results may be rounded otherwise, and a call would not repeat.
      Path graph = KokoroFiles.graph(kept.folder());
      KokoroModel model = new KokoroModel(kept.names(), runtime.loadOnCpu(graph));
      unfinished = Optional.of(model);
      if (accelerated) {
        model.accelerate(accelerators.open(calibration.spec(model), graph), kept);
        inUse = true;
      }
      Optional<Level> found = level(file, model, calibration, kept.folder(), accelerated);
      unfinished = Optional.empty();
      String device = accelerated ? runtime.device().name() : Device.CPU_NAME;
      return new Opened(model, found, device);
    } finally {
      unfinished.ifPresent(KokoroModel::close);
      if (!inUse) {
        kept.close();
      }
    }
  }

  private KokoroFiles rewrite(Path file) {
    StyleGraph graph = StyleGraph.read(file);
    PartFolders.Kept kept =
        folders.store(
            file,
            StyleGraph.VERSION,
            folder -> {
              graph.write(KokoroFiles.graph(folder));
              KokoroFiles.write(folder, graph.names());
            },
            KokoroFiles::read);
    return new KokoroFiles(kept.folder(), graph.names(), kept.temporary());
  }

  private Optional<Level> level(
      Path file,
      KokoroModel model,
      KokoroCalibration calibration,
      Path folder,
      boolean accelerated) {
    String basis = basis(calibration);
    Optional<Calibration> known = Calibration.read(folder, basis);
    if (accelerated && known.isPresent()) {
      return known.get().level();
    }
    long begin = System.nanoTime();
    float[] speech = known.isPresent() ? calibration.sentence(model) : calibration.speech(model);
    double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
    if (!accelerated) {
      warn(file, seconds, speech.length);
    }
    return known.isPresent() ? known.get().level() : measured(file, speech, basis, folder);
  }

  private static void warn(Path file, double seconds, int samples) {
    LOG.warn(
        "{} runs on the CPU, where it is slow: {} s of a thread for a second of speech",
        file.getFileName(),
        "%.2f".formatted(seconds * KokoroModel.SAMPLE_RATE_HZ / Math.max(1, samples)));
  }

  private Optional<Level> measured(Path file, float[] speech, String basis, Path folder) {
    Optional<Level> measured = level.of(speech, KokoroModel.SAMPLE_RATE_HZ);
    new Calibration(basis, 0, measured).keep(folder, file);
    return measured;
  }

  /// What a measured level depends on.
  private String basis(KokoroCalibration calibration) {
    return "v%d %s %s %s %s"
        .formatted(
            CalibrationPhonemes.VERSION,
            runtime.version(),
            calibration.checksum(),
            level.targetLufs(),
            level.ceilingDb());
  }
}
