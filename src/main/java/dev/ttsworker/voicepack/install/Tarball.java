package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.SmallFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Compressed tar file, as npm packages are. It is unpacked as a whole to a temporary file, which
/// its entries are read from.
final class Tarball implements Archive {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int OCTAL = 8;

  /// Most that is unpacked: ten times what the largest package has.
  private static final long MOST_BYTES = 1L << 30;

  private final String name;
  private final Path unpacked;
  private final FileChannel channel;
  private final Map<String, Place> places = new HashMap<>();

  private record Place(long start, long size) {}

  private Tarball(String name, Path unpacked, FileChannel channel) {
    this.name = name;
    this.unpacked = unpacked;
    this.channel = channel;
  }

  /// @throws IOException when it is damaged or of another kind; the message says why
  static Tarball open(Path file) throws IOException {
    Path unpacked = Files.createTempFile("tts-worker", ".tar");
    boolean complete = false;
    try {
      unpack(file, unpacked);
      Tarball made =
          new Tarball(
              Folders.name(file), unpacked, FileChannel.open(unpacked, StandardOpenOption.READ));
      try {
        made.index();
        complete = true;
        return made;
      } finally {
        if (!complete) {
          made.channel.close();
        }
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("it is no usable compressed tar file: " + SmallFile.reason(e), e);
    } finally {
      if (!complete) {
        Files.deleteIfExists(unpacked);
      }
    }
  }

  private static void unpack(Path file, Path unpacked) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES);
        OutputStream out = Files.newOutputStream(unpacked)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long total = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        total += count;
        if (total > MOST_BYTES) {
          throw new IOException("it has more than " + MOST_BYTES + " bytes unpacked");
        }
        out.write(buffer, 0, count);
      }
    }
  }

  private void index() throws IOException {
    byte[] head = new byte[BLOCK];
    long at = 0;
    while (readHead(head, at)) {
      long size = size(head);
      long start = at + BLOCK;
      if (size > channel.size() - start) {
        throw new EOFException("it ends inside an entry");
      }
      byte type = head[TYPE_AT];
      if (type == '0' || type == 0) {
        places.put(entryName(head), new Place(start, size));
      }
      at = start + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
  }

  /// @return false at the end, which a block of zeros marks
  private boolean readHead(byte[] head, long at) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(head);
    while (rest.hasRemaining()) {
      if (channel.read(rest, at + rest.position()) < 0) {
        return false;
      }
    }
    return head[0] != 0;
  }

  private static long size(byte[] head) throws IOException {
    String digits = text(head, SIZE_AT, SIZE_BYTES).strip();
    try {
      return Long.parseUnsignedLong(digits, OCTAL);
    } catch (NumberFormatException e) {
      throw new IOException("an entry has no size", e);
    }
  }

  private static String entryName(byte[] head) {
    String prefix =
        text(head, MAGIC_AT, 5).equals("ustar") ? text(head, PREFIX_AT, PREFIX_BYTES) : "";
    String own = text(head, 0, NAME_BYTES);
    return prefix.isEmpty() ? own : prefix + "/" + own;
  }

  private static String text(byte[] head, int from, int most) {
    int length = 0;
    while (length < most && head[from + length] != 0) {
      length++;
    }
    return new String(head, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Opener> find(String path) {
    return Optional.ofNullable(places.get(path)).map(place -> () -> open(place));
  }

  private InputStream open(Place place) throws IOException {
    FileChannel own = FileChannel.open(unpacked, StandardOpenOption.READ);
    own.position(place.start());
    return new BoundedInput(Channels.newInputStream(own), place.size());
  }

  /// The first bytes of a stream, which it closes.
  private static final class BoundedInput extends InputStream {
    private final InputStream source;
    private long left;

    BoundedInput(InputStream source, long size) {
      this.source = source;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = source.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unpacked);
  }
}
