package dev.ttsworker.engine.voice.cache;

import dev.ttsworker.engine.audio.LevelCalibration.Level;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calibration: what was measured of a partitioned voice once, kept beside its parts.
///
/// @param basis what the figures depend on; others are not used
/// @param difference largest difference between the stages and the whole graph, full scale 1;
///   infinite when they do not even have the same length
/// @param level what brings the voice to the loudness target; empty when it was silent
public record Calibration(String basis, double difference, Optional<Level> level) {
  private static final Logger LOG = LoggerFactory.getLogger(Calibration.class);
  private static final String GAIN = "gain-db";
  private static final String FILE = "calibration.properties";
  private static final String SILENT = "silent";
  private static final int MAX_BYTES = 1 << 16;

  /// The figures that stand in `folder` and have this basis.
  public static Optional<Calibration> read(Path folder, String basis) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Properties entries = ManifestEntries.load(file, MAX_BYTES);
      if (!basis.equals(entries.getProperty("basis"))) {
        return Optional.empty();
      }
      double difference = Double.parseDouble(entries.getProperty("difference", ""));
      Optional<Level> measured =
          SILENT.equals(entries.getProperty(GAIN))
              ? Optional.empty()
              : Optional.of(
                  new Level(
                      finite(entries, "raw-lufs"),
                      finite(entries, GAIN),
                      finite(entries, "reached-lufs")));
      return difference >= 0
          ? Optional.of(new Calibration(basis, difference, measured))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// @throws IllegalArgumentException when there is no such number
  private static double finite(Properties entries, String key) {
    double value = Double.parseDouble(entries.getProperty(key, ""));
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(key + " is " + value);
    }
    return value;
  }

  /// Logs the level and keeps the figures beside the parts; where they cannot be kept they are
  /// measured again next time.
  ///
  /// @param model that they were measured of, for the log
  public void keep(Path folder, Path model) {
    log(level, model);
    try {
      write(folder);
    } catch (IOException e) {
      LOG.info("A calibration cannot be kept: {}", e.getClass().getSimpleName());
    }
  }

  /// Logs a level that was measured of a model, or that there is none.
  public static void log(Optional<Level> level, Path model) {
    if (level.isPresent()) {
      LOG.info("{}: {}", model.getFileName(), level.get());
    } else {
      LOG.warn("{} is silent, its level cannot be measured", model.getFileName());
    }
  }

  private void write(Path folder) throws IOException {
    Properties entries = new Properties();
    entries.setProperty("basis", basis);
    entries.setProperty("difference", Double.toString(difference));
    entries.setProperty(GAIN, level.map(found -> Double.toString(found.gainDb())).orElse(SILENT));
    level.ifPresent(found -> {
      entries.setProperty("raw-lufs", Double.toString(found.rawLufs()));
      entries.setProperty("reached-lufs", Double.toString(found.reachedLufs()));
    });
    Path fresh = folder.resolve("tmp-" + UUID.randomUUID());
    try (Writer out = Files.newBufferedWriter(fresh)) {
      entries.store(out, "Measured by tts-worker; may be deleted");
    }
    Files.move(fresh, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }
}
