package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface;
import dev.ttsworker.engine.voice.cache.ManifestEntries;
import dev.ttsworker.voicepack.FileHashes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// Manifest of a folder of graph parts: the tensor names and the files' hashes.
final class PartitionManifest {
  private static final String SEPARATOR = "\n";

  private PartitionManifest() {}

  static void write(Path folder, PartitionInterface names) throws IOException {
    Properties entries = new Properties();
    entries.setProperty("phonemes", names.phonemes());
    entries.setProperty("lengths", names.lengths());
    entries.setProperty("scales", names.scales());
    names.speaker().ifPresent(name -> entries.setProperty("speaker", name));
    names.durationNoise().ifPresent(name -> entries.setProperty("durationNoise", name));
    entries.setProperty("mean", names.mean());
    entries.setProperty("logScale", names.logScale());
    entries.setProperty("durations", names.durations());
    entries.setProperty("noisyLatent", names.priorSample());
    names.mask().ifPresent(name -> entries.setProperty("mask", name));
    entries.setProperty("latent", names.latent());
    entries.setProperty("features", names.features());
    entries.setProperty("audio", names.audio());
    entries.setProperty("flowConditions", String.join(SEPARATOR, names.flowConditions()));
    entries.setProperty("headConditions", String.join(SEPARATOR, names.headConditions()));
    entries.setProperty("tailConditions", String.join(SEPARATOR, names.tailConditions()));
    entries.setProperty("flowContext", Integer.toString(names.contextFrames().flow()));
    entries.setProperty("headContext", Integer.toString(names.contextFrames().head()));
    entries.setProperty("tailContext", Integer.toString(names.contextFrames().tail()));
    entries.setProperty(
        "featuresPerFrame", Integer.toString(names.contextFrames().featuresPerFrame()));
    entries.setProperty(
        "samplesPerFrame", Integer.toString(names.contextFrames().samplesPerFrame()));
    for (GraphPart stage : GraphPart.values()) {
      entries.setProperty(hashKey(stage), FileHashes.checksum(PartitionFiles.file(folder, stage)));
    }
    ManifestEntries.write(folder, entries);
  }

  /// The names, if the folder is there and holds exactly what was written.
  static Optional<PartitionInterface> read(Path folder) {
    if (!ManifestEntries.isIn(folder)) {
      return Optional.empty();
    }
    try {
      Properties entries = ManifestEntries.read(folder);
      for (GraphPart stage : GraphPart.values()) {
        String hash = FileHashes.checksum(PartitionFiles.file(folder, stage));
        if (!hash.equals(entries.getProperty(hashKey(stage)))) {
          return Optional.empty();
        }
      }
      return Optional.of(names(entries));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String hashKey(GraphPart stage) {
    return "checksum." + stage;
  }

  private static PartitionInterface names(Properties entries) {
    return new PartitionInterface(
        ManifestEntries.required(entries, "phonemes"),
        ManifestEntries.required(entries, "lengths"),
        ManifestEntries.required(entries, "scales"),
        Optional.ofNullable(entries.getProperty("speaker")),
        Optional.ofNullable(entries.getProperty("durationNoise")),
        ManifestEntries.required(entries, "mean"),
        ManifestEntries.required(entries, "logScale"),
        ManifestEntries.required(entries, "durations"),
        ManifestEntries.required(entries, "noisyLatent"),
        Optional.ofNullable(entries.getProperty("mask")),
        ManifestEntries.required(entries, "latent"),
        ManifestEntries.required(entries, "features"),
        ManifestEntries.required(entries, "audio"),
        list(ManifestEntries.required(entries, "flowConditions")),
        list(ManifestEntries.required(entries, "headConditions")),
        list(ManifestEntries.required(entries, "tailConditions")),
        new PartitionInterface.ContextFrames(
            number(entries, "flowContext"),
            number(entries, "headContext"),
            number(entries, "tailContext"),
            number(entries, "featuresPerFrame"),
            number(entries, "samplesPerFrame")));
  }

  private static int number(Properties entries, String key) {
    return Integer.parseInt(ManifestEntries.required(entries, key));
  }

  private static List<String> list(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
  }
}
