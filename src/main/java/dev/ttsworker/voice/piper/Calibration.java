package dev.ttsworker.voice.piper;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.UUID;

/// What was measured of a cut voice once, kept beside its stages.
///
/// @param basis what the figures depend on; others are not used
/// @param difference largest difference between the stages and the whole graph, full scale 1;
///   infinite when they do not even have the same length
/// @param gainDb what brings the voice to the loudness target; empty when it was silent
record Calibration(String basis, double difference, OptionalDouble gainDb) {
  private static final String FILE = "calibration.properties";
  private static final String SILENT = "silent";

  /// The figures that stand in `folder` and have this basis.
  static Optional<Calibration> read(Path folder, String basis) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Properties entries = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      entries.load(in);
      if (!basis.equals(entries.getProperty("basis"))) {
        return Optional.empty();
      }
      String gainDb = entries.getProperty("gain-db", "");
      double difference = Double.parseDouble(entries.getProperty("difference", ""));
      OptionalDouble measured =
          gainDb.equals(SILENT)
              ? OptionalDouble.empty()
              : OptionalDouble.of(Double.parseDouble(gainDb));
      boolean plausible = difference >= 0 && Double.isFinite(measured.orElse(0));
      return plausible
          ? Optional.of(new Calibration(basis, difference, measured))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(Path folder) throws IOException {
    Properties entries = new Properties();
    entries.setProperty("basis", basis);
    entries.setProperty("difference", Double.toString(difference));
    entries.setProperty(
        "gain-db", gainDb.isPresent() ? Double.toString(gainDb.getAsDouble()) : SILENT);
    Path fresh = folder.resolve("tmp-" + UUID.randomUUID());
    try (Writer out = Files.newBufferedWriter(fresh)) {
      entries.store(out, "Measured by tts-worker; may be deleted");
    }
    Files.move(fresh, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }
}
