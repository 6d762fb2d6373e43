package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.voice.cache.ManifestEntries;
import dev.ttsworker.engine.voice.cache.PartFolders;
import dev.ttsworker.voicepack.FileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of a partitioned hibari voice, with a manifest: the tensor names and the files' hashes.
/// The decoder for accelerators, twice as large as the voice, is there if one was found when the
/// files were written. Close it when the parts are in memory: a temporary folder is removed then.
record HibariFiles(Path folder, SpectralInterface names, boolean temporary)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HibariFiles.class);
  private static final String BASIS = "basis";
  private static final List<String> PARTS = List.of("text.onnx", "decoder.onnx");
  private static final String DEVICE_DECODER = "device-decoder.onnx";
  private static final String CHECKSUM = "checksum.";

  static Path text(Path folder) {
    return folder.resolve(PARTS.getFirst());
  }

  static Path decoder(Path folder) {
    return folder.resolve(PARTS.getLast());
  }

  static Path deviceDecoder(Path folder) {
    return folder.resolve(DEVICE_DECODER);
  }

  private static List<String> parts(boolean forDevice) {
    return forDevice ? Stream.concat(PARTS.stream(), Stream.of(DEVICE_DECODER)).toList() : PARTS;
  }

  /// Writes the manifest of parts that are there.
  ///
  /// @param basis what they depend on beside the model
  static void write(Path folder, SpectralInterface names, String basis) throws IOException {
    Properties entries = new Properties();
    entries.setProperty(BASIS, basis);
    entries.setProperty("phonemes", names.phonemes());
    entries.setProperty("speed", names.speed());
    entries.setProperty("durations", names.durations());
    entries.setProperty("pitch", names.pitch());
    entries.setProperty("decoderInput", names.decoderInput());
    entries.setProperty("rows", Integer.toString(names.rows()));
    entries.setProperty("contextFrames", Integer.toString(names.contextFrames()));
    entries.setProperty("edgeFrames", Integer.toString(names.edgeFrames()));
    entries.setProperty("carriedRows", Integer.toString(names.carriedRows()));
    for (String part : parts(Files.exists(deviceDecoder(folder)))) {
      entries.setProperty(CHECKSUM + part, FileHashes.checksum(folder.resolve(part)));
    }
    ManifestEntries.write(folder, entries);
  }

  /// The parts, if the folder is there and holds exactly what was written, with this basis.
  ///
  /// @param forDevice whether the decoder for accelerators must be among them
  static Optional<HibariFiles> read(Path folder, String basis, boolean forDevice) {
    if (!ManifestEntries.isIn(folder)) {
      return Optional.empty();
    }
    try {
      Properties entries = ManifestEntries.read(folder);
      if (!basis.equals(entries.getProperty(BASIS))) {
        return Optional.empty();
      }
      for (String part : parts(forDevice)) {
        String known = entries.getProperty(CHECKSUM + part);
        if (known == null || !known.equals(FileHashes.checksum(folder.resolve(part)))) {
          return Optional.empty();
        }
      }
      return Optional.of(new HibariFiles(folder, names(entries), false));
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("The parts in {} are not used: {}", folder.getFileName(), e.toString());
      return Optional.empty();
    }
  }

  private static SpectralInterface names(Properties entries) {
    return new SpectralInterface(
        ManifestEntries.required(entries, "phonemes"),
        ManifestEntries.required(entries, "speed"),
        ManifestEntries.required(entries, "durations"),
        ManifestEntries.required(entries, "pitch"),
        ManifestEntries.required(entries, "decoderInput"),
        Integer.parseInt(ManifestEntries.required(entries, "rows")),
        Integer.parseInt(ManifestEntries.required(entries, "contextFrames")),
        Integer.parseInt(ManifestEntries.required(entries, "edgeFrames")),
        Integer.parseInt(ManifestEntries.required(entries, "carriedRows")),
        new ArrayList<>());
  }

  @Override
  public void close() {
    new PartFolders.Kept(folder, temporary).close();
  }
}
