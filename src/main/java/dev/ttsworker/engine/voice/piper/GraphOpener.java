package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.cache.Calibration;
import dev.ttsworker.engine.voice.piper.PartitionedModel.Openers;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Graph loader: opens the parts of a voice when they give the same audio as the whole graph, else
/// the whole graph. Thread-safe.
final class GraphOpener {
  private static final Logger LOG = LoggerFactory.getLogger(GraphOpener.class);

  private final InferenceRuntime runtime;
  private final Accelerators accelerators;
  private final boolean streaming;
  private final PartitionCache cache;
  private final LevelCalibration level;

  GraphOpener(VoiceServices services) {
    this.runtime = services.runtime();
    this.accelerators = services.accelerators();
    this.streaming = services.streaming();
    this.cache = new PartitionCache(services.cacheDirectory());
    this.level = services.level();
  }

  /// @param graphs the caller closes them
  /// @param level what brings the voice to the loudness target; empty when silent
  /// @param device where its windows are computed
  record Opened(PiperGraphs graphs, Optional<Level> level, String device) {}

  Opened open(VoiceFiles files, PiperConfig config, PiperFrontend reader, boolean accelerated) {
    Optional<PartitionFiles> cut = streaming ? cache.open(files.model()) : Optional.empty();
    if (cut.isEmpty()) {
      return openWhole(files, config, reader);
    }
    PartitionFiles stages = cut.get();
    boolean kept = false;
    try {
      String basis = basis(files, config, reader);
      Optional<Calibration> known = Calibration.read(stages.folder(), basis);
      Calibration calibration =
          known.isPresent() ? known.get() : tryStages(files, stages, config, reader, basis);
      if (calibration.difference() > PartitionCheck.LARGEST_DIFFERENCE) {
        LOG.warn(
            "{} cannot stream within a sentence: its stages differ from the whole by {}",
            files.model().getFileName(),
            calibration.difference());
        return openWhole(files, config, reader);
      }
      PartitionedModel graphs =
          PartitionedModel.open(stages, stages.names().contextFrames(), openers(accelerated));
      if (!accelerated) {
        return new Opened(graphs, calibration.level(), Device.CPU_NAME);
      }
      // Read again when an accelerator is used again after a failure.
      graphs.keep(stages);
      kept = true;
      accelerate(graphs, stages, config);
      return new Opened(graphs, calibration.level(), runtime.device().name());
    } finally {
      if (!kept) {
        stages.close();
      }
    }
  }

  private void accelerate(PartitionedModel graphs, PartitionFiles stages, PiperConfig config) {
    boolean complete = false;
    try {
      graphs.accelerate(accelerators, stages, PartitionCheck.order(config));
      complete = true;
    } finally {
      if (!complete) {
        graphs.close();
      }
    }
  }

  private Openers openers(boolean accelerated) {
    Map<GraphPart, Function<Path, Graph>> urgent = new EnumMap<>(GraphPart.class);
    if (runtime.cpuThreads() >= InferenceRuntime.URGENT_THREADS) {
      urgent.put(GraphPart.TEXT, runtime::loadUrgent);
      if (!accelerated) {
        urgent.put(GraphPart.FLOW, runtime::loadUrgent);
      }
    }
    return new Openers(runtime::loadOnCpu, urgent);
  }

  /// What a calibration depends on. The version is that of the way it is measured.
  private String basis(VoiceFiles files, PiperConfig config, PiperFrontend reader) {
    return "v%d %s %s %s %s %s"
        .formatted(
            LoudnessMeasurement.VERSION,
            runtime.version(),
            checksum(files.modelConfig()),
            LoudnessMeasurement.checksum(reader, config),
            level.targetLufs(),
            level.ceilingDb());
  }

  /// Stages that the runtime refuses are as good as different ones: the voice runs whole.
  private Calibration tryStages(
      VoiceFiles files,
      PartitionFiles stages,
      PiperConfig config,
      PiperFrontend reader,
      String basis) {
    try {
      return calibrate(files, stages, config, reader, basis);
    } catch (WorkerException e) {
      LOG.warn("The stages of {} do not run: {}", files.model().getFileName(), e.getMessage());
      return new Calibration(basis, Double.POSITIVE_INFINITY, Optional.empty());
    }
  }

  /// Compares and measures on the CPU, where both graphs compute alike.
  private Calibration calibrate(
      VoiceFiles files,
      PartitionFiles stages,
      PiperConfig config,
      PiperFrontend reader,
      String basis) {
    try (PartitionedModel graphs =
        PartitionedModel.open(
            stages, stages.names().contextFrames(), new Openers(runtime::loadOnCpu, Map.of()))) {
      double difference;
      try (WholeGraph whole =
          new WholeGraph(runtime.loadOnCpu(files.model()), config.sampleRateHz())) {
        difference = PartitionCheck.difference(graphs, whole, config);
      }
      LOG.debug(
          "{}: staged output differs from the whole model by at most {}",
          files.model().getFileName(),
          difference);
      Optional<Level> measured = LoudnessMeasurement.level(graphs, reader, config, level);
      Calibration made = new Calibration(basis, difference, measured);
      made.keep(stages.folder(), files.model());
      return made;
    }
  }

  /// On the CPU, also beside an accelerator: there every sentence would have a shape of its own,
  /// for which all convolutions are planned again.
  private Opened openWhole(VoiceFiles files, PiperConfig config, PiperFrontend reader) {
    LOG.warn(
        "{} runs whole, on the CPU; a seed does not repeat its noise", files.model().getFileName());
    WholeGraph whole = new WholeGraph(runtime.loadOnCpu(files.model()), config.sampleRateHz());
    boolean complete = false;
    try {
      Optional<Level> measured = LoudnessMeasurement.level(whole, reader, config, level);
      Calibration.log(measured, files.model());
      complete = true;
      return new Opened(whole, measured, Device.CPU_NAME);
    } finally {
      if (!complete) {
        whole.close();
      }
    }
  }

  private static String checksum(Path config) {
    try {
      return FileHashes.checksum(config);
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          Printable.shortName(config) + " cannot be read: " + e.getClass().getSimpleName(),
          e);
    }
  }
}
