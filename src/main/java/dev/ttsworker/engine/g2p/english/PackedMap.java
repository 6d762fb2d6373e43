package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sorted map of strings in one byte array: front-coded keys in blocks, values from a table of
/// characters. Immutable; usable by any thread.
///
/// Layout: number of blocks, number of characters, the characters, offset of each block, blocks. An
/// entry is the length that its key shares with the one before it, the length of the rest, the
/// rest, the length of the value, the value; keys in UTF-8, a byte per character of a value.
final class PackedMap {
  private static final int BLOCK = 16;
  private static final int MOST_CHARACTERS = 256;
  private static final int LONGEST = 255;

  private final byte[] data;
  private final char[] characters;
  private final int[] blocks;

  private PackedMap(byte[] data, char[] characters, int[] blocks) {
    this.data = data;
    this.characters = characters;
    this.blocks = blocks;
  }

  /// Packs a map.
  ///
  /// @param entries keys and values of at most 255 bytes or characters each
  /// @throws IllegalArgumentException when one is longer, or there are more than 256 characters
  static byte[] pack(Map<String, String> entries) {
    String characters = characters(entries.values());
    Map<byte[], String> sorted = new TreeMap<>(Arrays::compareUnsigned);
    entries.forEach((key, value) -> sorted.put(key.getBytes(StandardCharsets.UTF_8), value));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Integer> starts = new ArrayList<>();
    byte[] before = new byte[0];
    int count = 0;
    for (Map.Entry<byte[], String> entry : sorted.entrySet()) {
      byte[] key = entry.getKey();
      boolean head = count++ % BLOCK == 0;
      if (head) {
        starts.add(body.size());
      }
      int shared = head ? 0 : Math.max(0, mismatch(before, key));
      body.write(shared);
      body.write(checked(key.length - shared));
      body.write(key, shared, key.length - shared);
      body.write(checked(entry.getValue().length()));
      entry.getValue().chars().forEach(c -> body.write(characters.indexOf(c)));
      before = key;
    }
    ByteBuffer packed =
        ByteBuffer.allocate(8 + 2 * characters.length() + 4 * starts.size() + body.size());
    packed.putInt(starts.size()).putInt(characters.length());
    characters.chars().forEach(c -> packed.putChar((char) c));
    starts.forEach(packed::putInt);
    return packed.put(body.toByteArray()).array();
  }

  private static int mismatch(byte[] one, byte[] other) {
    int at = Arrays.mismatch(one, other);
    return at < 0 ? other.length : at;
  }

  private static int checked(int length) {
    if (length > LONGEST) {
      throw new IllegalArgumentException("an entry of " + length + ", allowed: up to " + LONGEST);
    }
    return length;
  }

  private static String characters(Collection<String> values) {
    String all =
        values.stream()
            .flatMapToInt(String::chars)
            .distinct()
            .sorted()
            .collect(StringBuilder::new, (made, c) -> made.append((char) c), StringBuilder::append)
            .toString();
    if (all.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(all.length() + " characters, allowed: 256");
    }
    return all;
  }

  /// @param data as from [#pack]; kept
  /// @throws WorkerException `INVALID_VOICEPACK` when it is none
  static PackedMap of(byte[] data) {
    try {
      ByteBuffer packed = ByteBuffer.wrap(data);
      int[] blocks = new int[packed.getInt()];
      char[] characters = new char[packed.getInt()];
      for (int i = 0; i < characters.length; i++) {
        characters[i] = packed.getChar();
      }
      int body = packed.position() + 4 * blocks.length;
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = body + packed.getInt();
      }
      return new PackedMap(data, characters, blocks);
    } catch (RuntimeException e) {
      throw new WorkerException(ErrorCode.INVALID_VOICEPACK, "A packed map is damaged", e);
    }
  }

  /// The value of a key.
  Optional<String> get(String key) {
    byte[] sought = key.getBytes(StandardCharsets.UTF_8);
    int block = block(sought);
    if (block < 0) {
      return Optional.empty();
    }
    int at = blocks[block];
    int end = block + 1 < blocks.length ? blocks[block + 1] : data.length;
    int equal = 0; // bytes of the key that the entry before has too
    while (at < end) {
      int shared = data[at++] & 0xFF;
      int length = data[at++] & 0xFF;
      if (shared < equal) {
        return Optional.empty();
      }
      if (shared == equal) {
        int same = mismatch(sought, equal, at, length);
        equal += same;
        if (same == length && equal == sought.length) {
          return Optional.of(value(at + length));
        }
      }
      at += length;
      at += 1 + (data[at] & 0xFF);
    }
    return Optional.empty();
  }

  boolean contains(String key) {
    return get(key).isPresent();
  }

  /// Bytes of a key from `from` that are those of the data.
  private int mismatch(byte[] key, int from, int at, int length) {
    int most = Math.min(length, key.length - from);
    int same = 0;
    while (same < most && key[from + same] == data[at + same]) {
      same++;
    }
    return same;
  }

  /// The last block whose first key is not greater; -1 when there is none.
  private int block(byte[] key) {
    int low = 0;
    int high = blocks.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = blocks[middle] + 1;
      int length = data[at] & 0xFF;
      if (Arrays.compareUnsigned(data, at + 1, at + 1 + length, key, 0, key.length) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private String value(int at) {
    int length = data[at] & 0xFF;
    StringBuilder value = new StringBuilder(length);
    for (int i = at + 1; i <= at + length; i++) {
      value.append(characters[data[i] & 0xFF]);
    }
    return value.toString();
  }
}
