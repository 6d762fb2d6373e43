package dev.ttsworker.engine.voice.cache;

import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Manifest of a folder of parts: entries with a checksum of their own. Sizes of arrays and names
/// of tensors are among them, so that one that was edited, damaged or cut off must not be used.
public final class ManifestEntries {
  private static final String FILE = "cut.properties";
  private static final String CHECKSUM = "checksum";
  private static final int MAX_BYTES = 1 << 20;

  private ManifestEntries() {}

  /// Writes the manifest of a folder. `entries` gets the checksum too.
  public static void write(Path folder, Properties entries) throws IOException {
    entries.setProperty(CHECKSUM, checksum(entries));
    try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
      entries.store(out, "Made by tts-worker from the voice; may be deleted");
    }
  }

  /// Whether a folder has a manifest, readable or not.
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /// The manifest of a folder.
  ///
  /// @throws IOException also when it is larger than any that is written
  /// @throws IllegalArgumentException when it is not as it was written
  public static Properties read(Path folder) throws IOException {
    Properties entries = load(folder.resolve(FILE), MAX_BYTES);
    if (!checksum(entries).equals(required(entries, CHECKSUM))) {
      throw new IllegalArgumentException(FILE + " is not as it was written");
    }
    return entries;
  }

  /// The entries of a file that is no larger than some bytes.
  static Properties load(Path file, int maxBytes) throws IOException {
    Properties entries = new Properties();
    byte[] text = SmallFile.read(file, maxBytes);
    entries.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
    return entries;
  }

  private static String checksum(Properties entries) {
    Map<String, String> sorted = new TreeMap<>();
    entries.stringPropertyNames().forEach(key -> sorted.put(key, entries.getProperty(key)));
    sorted.remove(CHECKSUM);
    CRC32C checksum = new CRC32C();
    checksum.update(sorted.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }

  /// The value of an entry.
  ///
  /// @throws IllegalArgumentException when it is missing
  public static String required(Properties entries, String key) {
    String value = entries.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}
