package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.graph.ByteWeights;
import dev.ttsworker.engine.graph.SpectralGraphs;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.graph.SpectralPartitioner;
import dev.ttsworker.engine.graph.ValueRange;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.cache.Calibration;
import dev.ttsworker.engine.voice.cache.PartFolders;
import dev.ttsworker.engine.voice.sentence.CalibrationPhonemes;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Model loader: partitions and calibrates a voice once, keeps the result, and opens it.
/// Thread-safe.
final class HibariOpener {
  private static final Logger LOG = LoggerFactory.getLogger(HibariOpener.class);

  /// Quantized again in each run or with fixed scales, spectra lie 20 to 30 dB below themselves
  /// apart.
  private static final double LEAST_DISTANCE_DB = 10;

  /// In windows, some quantized values may be rounded otherwise than in one piece, which lies 38 dB
  /// or more below the speech; windows that do not fit together lie 4 to 10 dB below it (decision
  /// 0014).
  private static final double LEAST_WINDOW_DISTANCE_DB = 20;

  private final InferenceRuntime runtime;
  private final ByteWeights weights;
  private final PartFolders folders;
  private final LevelCalibration level;
  private final Accelerators accelerators;

  HibariOpener(VoiceServices services) {
    this.runtime = services.runtime();
    this.weights = runtime.saturates() ? ByteWeights.UNSIGNED : ByteWeights.SIGNED;
    this.folders = new PartFolders(services.cacheDirectory());
    this.level = services.level();
    this.accelerators = services.accelerators();
  }

  /// @param model the caller closes it
  /// @param level what brings the voice to the loudness target; empty when silent
  /// @param device where its windows are computed
  record Opened(HibariModel model, Optional<Level> level, String device) {}

  /// @param accelerated whether windows are to be computed on accelerators too
  /// @throws WorkerException `INVALID_VOICEPACK` for another kind of graph, `MODEL_LOAD_FAILED`
  Opened open(VoiceFiles files, DecoderCalibration calibration, boolean accelerated) {
    Function<Path, Optional<HibariFiles>> kept =
        folder -> HibariFiles.read(folder, partsBasis(calibration), accelerated);
    HibariFiles parts =
        folders
            .find(files.model(), SpectralPartitioner.VERSION, kept)
            .orElseGet(() -> cut(files.model(), calibration, kept, accelerated));
    Optional<HibariModel> unfinished = Optional.empty();
    boolean inUse = false;
    try {
      HibariModel model = open(parts.folder(), parts.names());
      unfinished = Optional.of(model);
      Optional<Level> level = level(files, model, calibration, parts.folder());
      if (accelerated) {
        accelerate(model, parts);
        inUse = true;
      }
      unfinished = Optional.empty();
      String device = accelerated ? runtime.device().name() : Device.CPU_NAME;
      return new Opened(model, level, device);
    } finally {
      unfinished.ifPresent(HibariModel::close);
      if (!inUse) {
        parts.close();
      }
    }
  }

  private void accelerate(HibariModel model, HibariFiles parts) {
    model.accelerate(
        accelerators.open(
            HibariModel.deviceStage(parts.names(), WindowPlan.STREAMED),
            HibariFiles.deviceDecoder(parts.folder())),
        parts);
  }

  private Optional<Level> level(
      VoiceFiles files, HibariModel model, DecoderCalibration calibration, Path folder) {
    String basis = basis(calibration);
    Optional<Calibration> known = Calibration.read(folder, basis);
    return known.isPresent()
        ? known.get().level()
        : measure(files, model, calibration, basis, folder);
  }

  /// On one thread each: on two the text stage rounds otherwise, and a seed would not repeat a
  /// call.
  private HibariModel open(Path folder, SpectralInterface names) {
    Graph text = runtime.loadOnCpu(HibariFiles.text(folder));
    boolean complete = false;
    try {
      HibariModel model =
          new HibariModel(names, text, runtime.loadOnCpu(HibariFiles.decoder(folder)));
      complete = true;
      return model;
    } finally {
      if (!complete) {
        text.close();
      }
    }
  }

  private HibariFiles cut(
      Path model,
      DecoderCalibration calibration,
      Function<Path, Optional<HibariFiles>> reader,
      boolean accelerated) {
    SpectralGraphs graphs = SpectralPartitioner.partition(model, weights);
    PartFolders.Kept kept =
        folders.store(
            model,
            SpectralPartitioner.VERSION,
            folder -> writeNamed(model, graphs, calibration, folder, accelerated),
            reader);
    return new HibariFiles(kept.folder(), graphs.names(), kept.temporary());
  }

  /// Names the voice's file where the runtime refuses one that was made of it.
  private void writeNamed(
      Path model,
      SpectralGraphs graphs,
      DecoderCalibration calibration,
      Path folder,
      boolean accelerated)
      throws IOException {
    try {
      write(model, graphs, calibration, folder, accelerated);
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.MODEL_LOAD_FAILED) {
        throw new WorkerException(
            e.code(), Printable.shortName(model) + " cannot be used: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private void write(
      Path model,
      SpectralGraphs graphs,
      DecoderCalibration calibration,
      Path folder,
      boolean accelerated)
      throws IOException {
    Path original = folder.resolve("ranges.onnx");
    Path text = folder.resolve("unfused.onnx");
    graphs.writeText(text);
    runtime.optimize(text, HibariFiles.text(folder));
    Files.delete(text);
    graphs.writeRanges(original);
    try (Graph ranges = runtime.loadOnCpu(original)) {
      graphs.writeDecoder(found(graphs, ranges, calibration, folder), HibariFiles.decoder(folder));
      try (HibariModel made = open(folder, graphs.names())) {
        check(model, made, ranges, calibration);
      }
    }
    if (accelerated) {
      graphs.writeDeviceDecoder(HibariFiles.deviceDecoder(folder));
    }
    Files.delete(original);
    HibariFiles.write(folder, graphs.names(), partsBasis(calibration));
  }

  private Map<String, ValueRange> found(
      SpectralGraphs graphs, Graph ranges, DecoderCalibration calibration, Path folder) {
    try (Graph text = runtime.loadOnCpu(HibariFiles.text(folder))) {
      // Not closed: its decoder is the caller's.
      HibariModel reader = new HibariModel(graphs.names(), text, ranges);
      calibration.requireNumbers(reader);
      return calibration.ranges(reader, ranges);
    }
  }

  private static void check(
      Path file, HibariModel made, Graph original, DecoderCalibration calibration) {
    double distance = calibration.distanceDb(made, original);
    double windows = calibration.windowDistanceDb(made);
    LOG.info(
        "{}: difference to the model's spectra {}, of windows to one piece {}",
        file.getFileName(),
        difference(distance),
        difference(windows));
    if (!(distance >= LEAST_DISTANCE_DB) || !(windows >= LEAST_WINDOW_DISTANCE_DB)) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s: the parts differ from the model: spectra by %.1f dB below them, allowed: %.0f or more; windows by %.1f dB below the speech, allowed: %.0f or more"
              .formatted(
                  Printable.shortName(file),
                  distance,
                  LEAST_DISTANCE_DB,
                  windows,
                  LEAST_WINDOW_DISTANCE_DB));
    }
  }

  private static String difference(double decibelsBelow) {
    return Double.isInfinite(decibelsBelow) ? "none" : "%.1f dB".formatted(-decibelsBelow);
  }

  /// What the parts depend on beside the model and the way it is partitioned.
  private String partsBasis(DecoderCalibration calibration) {
    return "v%d %s %s %d %s"
        .formatted(
            CalibrationPhonemes.VERSION,
            runtime.version(),
            calibration.checksum(),
            calibration.largestNumber(),
            weights);
  }

  /// What a measured level depends on.
  private String basis(DecoderCalibration calibration) {
    return "v%d %s %s %s %s"
        .formatted(
            CalibrationPhonemes.VERSION,
            runtime.version(),
            calibration.spokenChecksum(),
            level.targetLufs(),
            level.ceilingDb());
  }

  private Optional<Level> measure(
      VoiceFiles files,
      HibariModel model,
      DecoderCalibration calibration,
      String basis,
      Path folder) {
    Optional<Level> measured = level.of(calibration.speech(model), SpectralFrames.SAMPLE_RATE_HZ);
    new Calibration(basis, 0, measured).keep(folder, files.model());
    return measured;
  }
}
