package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/// File of named sections with a version and a checksum for each. Immutable; usable by any thread.
///
/// Layout: magic, version, length of the table, its checksum, the table (for each section the
/// length of its name, the name, its offset, its length, its checksum), the sections.
final class DataFile {
  /// Raised with every change of a section's layout or meaning.
  static final int VERSION = 1;

  private static final long MAGIC = 0x5454_5745_4E47_0D0AL; // TTWENG and a line's end
  private static final int HEAD = Long.BYTES + 3 * Integer.BYTES;
  private static final int LONGEST_TABLE = 1 << 16;

  private final Path file;
  private final Map<String, Section> sections;

  private record Section(int offset, int length, int checksum) {}

  private DataFile(Path file, Map<String, Section> sections) {
    this.file = file;
    this.sections = sections;
  }

  /// Writes a file, and replaces one that is there.
  static void write(Path file, Map<String, byte[]> sections) throws IOException {
    int length = 0;
    for (String name : sections.keySet()) {
      length += 4 * Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length;
    }
    ByteBuffer table = ByteBuffer.allocate(length);
    int offset = HEAD + length;
    for (Map.Entry<String, byte[]> section : sections.entrySet()) {
      byte[] name = section.getKey().getBytes(StandardCharsets.UTF_8);
      byte[] content = section.getValue();
      table.putInt(name.length).put(name).putInt(offset).putInt(content.length);
      table.putInt(checksum(content));
      offset += content.length;
    }
    ByteBuffer whole = ByteBuffer.allocate(offset);
    whole.putLong(MAGIC).putInt(VERSION).putInt(length).putInt(checksum(table.array()));
    whole.put(table.array());
    sections.values().forEach(whole::put);
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(partial, whole.array());
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }

  /// Reads and checks the table.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK`, naming the file
  static DataFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.wrap(bytes(file, channel, 0, HEAD));
      if (head.getLong() != MAGIC) {
        throw invalid(file, "it is no English language data", null);
      }
      int version = head.getInt();
      if (version != VERSION) {
        throw invalid(file, "it has the version " + version + ", needed: " + VERSION, null);
      }
      int length = head.getInt();
      if (length < 0 || length > LONGEST_TABLE) {
        throw invalid(file, "its table is damaged", null);
      }
      byte[] table = bytes(file, channel, HEAD, length);
      if (checksum(table) != head.getInt()) {
        throw invalid(file, "its table is damaged", null);
      }
      return new DataFile(file, sections(ByteBuffer.wrap(table)));
    } catch (NoSuchFileException e) {
      throw invalid(file, "missing", e);
    } catch (IOException e) {
      throw invalid(file, "it cannot be read: " + e, e);
    }
  }

  private static Map<String, Section> sections(ByteBuffer table) {
    Map<String, Section> sections = new LinkedHashMap<>();
    while (table.hasRemaining()) {
      byte[] name = new byte[table.getInt()];
      table.get(name);
      sections.put(
          new String(name, StandardCharsets.UTF_8),
          new Section(table.getInt(), table.getInt(), table.getInt()));
    }
    return sections;
  }

  boolean has(String section) {
    return sections.containsKey(section);
  }

  Path file() {
    return file;
  }

  /// A section's content.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK`, naming the file, when it is missing or damaged
  byte[] read(String section) {
    Section place = sections.get(section);
    if (place == null) {
      throw invalid(file, "it has no section '" + section + "', but " + sections.keySet(), null);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] content = bytes(file, channel, place.offset(), place.length());
      if (checksum(content) != place.checksum()) {
        throw invalid(file, "its section '" + section + "' is damaged", null);
      }
      return content;
    } catch (IOException e) {
      throw invalid(file, "it cannot be read: " + e, e);
    }
  }

  private static byte[] bytes(Path file, FileChannel channel, int offset, int length)
      throws IOException {
    if (channel.size() < (long) offset + length) {
      throw invalid(file, "it ends after " + channel.size() + " bytes", null);
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    while (content.hasRemaining()) {
      if (channel.read(content, (long) offset + content.position()) < 0) {
        throw invalid(file, "it became shorter while it was read", null);
      }
    }
    return content.array();
  }

  private static WorkerException invalid(
      Path file, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    String message =
        "Language data %s: %s; \"tts-worker voices install english\" installs them"
            .formatted(file.getFileName(), reason);
    return cause == null
        ? new WorkerException(ErrorCode.INVALID_VOICEPACK, message)
        : new WorkerException(ErrorCode.INVALID_VOICEPACK, message, cause);
  }
}
