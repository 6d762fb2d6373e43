package dev.ttsworker.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jaredmdobson.concentus.OpusDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamEncoderTest {
  private static final double TONE_HZ = 1_000;
  private static final double AMPLITUDE = 8_000;

  /// A tone of 1 kHz in PCM.
  private static byte[] tone(int rateHz, int samples) {
    ByteBuffer pcm = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) (AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / rateHz)));
    }
    return pcm.array();
  }

  private static byte[] file(StreamEncoder encoder, byte[] pcm, int partBytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int from = 0; from < pcm.length; from += partBytes) {
      file.writeBytes(
          encoder.encode(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + partBytes))));
    }
    file.writeBytes(encoder.finish());
    return file.toByteArray();
  }

  @Test
  void pcmIsTheSamplesAndWavTheseAfterAHeader() {
    byte[] pcm = tone(24_000, 1_000);
    assertArrayEquals(pcm, file(FileFormat.PCM.encoder(), pcm, 960));
    byte[] wav = file(FileFormat.WAV.encoder(), pcm, 960);
    assertEquals(WavHeader.BYTES + pcm.length, wav.length);
    assertArrayEquals(pcm, Arrays.copyOfRange(wav, WavHeader.BYTES, wav.length));
    assertEquals(WavHeader.BYTES, file(FileFormat.WAV.encoder(), new byte[0], 960).length);
  }

  @ParameterizedTest
  @EnumSource
  void partsOfTheInputMakeNoDifference(FileFormat format) {
    byte[] pcm = tone(format.samples().sampleRateHz(), 20_000);
    byte[] whole = withoutSerials(file(format.encoder(), pcm, pcm.length), format);
    assertArrayEquals(whole, withoutSerials(file(format.encoder(), pcm, 1_920), format));
    assertArrayEquals(whole, withoutSerials(file(format.encoder(), pcm, 1_234), format));
  }

  /// Streams of Ogg have random numbers, which the checksums count.
  private static byte[] withoutSerials(byte[] file, FileFormat format) {
    if (format != FileFormat.OPUS) {
      return file;
    }
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    pages(file).forEach(page -> packets.writeBytes(page.packet()));
    return packets.toByteArray();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Page(int flags, long granule, int sequence, byte[] packet) {}

  private static List<Page> pages(byte[] file) {
    List<Page> pages = new ArrayList<>();
    ByteBuffer ogg = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (ogg.hasRemaining()) {
      assertEquals(0x5367674F, ogg.getInt(), "OggS");
      assertEquals(0, ogg.get());
      int flags = ogg.get();
      long granule = ogg.getLong();
      int _ = ogg.getInt();
      int sequence = ogg.getInt();
      int _ = ogg.getInt();
      int segments = ogg.get() & 0xFF;
      int length = 0;
      for (int i = 0; i < segments; i++) {
        length += ogg.get() & 0xFF;
      }
      byte[] packet = new byte[length];
      ogg.get(packet);
      pages.add(new Page(flags, granule, sequence, packet));
    }
    return pages;
  }

  @Test
  void checksumIsThatOfOgg() {
    // The first page of a stream with number 0 and an empty packet, as libogg writes it.
    byte[] page = new OggPages(0).page(0, false, new byte[0]);
    assertEquals(28, page.length);
    int sum = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(22);
    ByteBuffer.wrap(page).putInt(22, 0);
    int expected = 0;
    for (byte value : page) {
      expected ^= value << 24;
      for (int bit = 0; bit < 8; bit++) {
        expected = (expected << 1) ^ (expected < 0 ? 0x04C11DB7 : 0);
      }
    }
    assertEquals(expected, sum);
  }

  @Test
  void opusDecodesToTheToneAndItsLength() throws Exception {
    int samples = 30_000;
    List<Page> pages = pages(file(FileFormat.OPUS.encoder(), tone(48_000, samples), 1_920));
    for (int i = 0; i < pages.size(); i++) {
      assertEquals(i, pages.get(i).sequence());
      assertEquals(i == 0 ? 2 : i == pages.size() - 1 ? 4 : 0, pages.get(i).flags());
    }
    assertEquals(samples + 312, pages.getLast().granule());
    OpusDecoder decoder = new OpusDecoder(48_000, 1);
    short[] heard = new short[pages.size() * 960];
    int count = 0;
    for (Page page : pages.subList(2, pages.size())) {
      count += decoder.decode(page.packet(), 0, page.packet().length, heard, count, 960, false);
    }
    assertTrue(count >= samples + 312, count + " samples");
    double error = 0;
    double power = 0;
    for (int i = 5_000; i < samples - 1_000; i++) {
      double expected = AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / 48_000);
      error += Math.pow(heard[i + 312] - expected, 2);
      power += expected * expected;
    }
    assertTrue(error < power * 1e-3, "error " + 10 * Math.log10(error / power) + " dB");
  }

  @Test
  void opusOfNothingIsAFileToo() {
    List<Page> pages = pages(file(FileFormat.OPUS.encoder(), new byte[0], 1));
    assertEquals(4, pages.getLast().flags());
    assertEquals(312, pages.getLast().granule());
  }

  /// Frames of MPEG-2 layer III: 64 kbit/s at 24 kHz are 192 bytes for 576 samples.
  @Test
  void mp3IsWholeFramesThatLastAsLong() {
    int samples = 48_000;
    byte[] mp3 = file(FileFormat.MP3.encoder(), tone(24_000, samples), 960);
    int frames = 0;
    for (int at = 0; at < mp3.length; at += 192) {
      assertEquals(0xFF, mp3[at] & 0xFF, "at " + at);
      assertEquals(0xF3, mp3[at + 1] & 0xFF, "MPEG-2 layer III without a checksum, at " + at);
      assertEquals(0x84, mp3[at + 2] & 0xFC, "64 kbit/s, 24 kHz, at " + at);
      frames++;
    }
    assertEquals(0, mp3.length % 192);
    assertTrue(frames * 576 >= samples, frames + " frames");
    assertTrue(frames * 576 < samples + 3_000, frames + " frames");
  }
}
