package dev.ttsworker.codec;

import de.sciss.jump3r.mp3.BitStream;
import de.sciss.jump3r.mp3.GainAnalysis;
import de.sciss.jump3r.mp3.ID3Tag;
import de.sciss.jump3r.mp3.Lame;
import de.sciss.jump3r.mp3.LameGlobalFlags;
import de.sciss.jump3r.mp3.MPEGMode;
import de.sciss.jump3r.mp3.Presets;
import de.sciss.jump3r.mp3.Quantize;
import de.sciss.jump3r.mp3.QuantizePVT;
import de.sciss.jump3r.mp3.Reservoir;
import de.sciss.jump3r.mp3.Takehiro;
import de.sciss.jump3r.mp3.VBRTag;
import de.sciss.jump3r.mp3.Version;
import de.sciss.jump3r.mpg.MPGLib;
import java.util.Arrays;

/// MP3 with a constant bit rate, without tags, by LAME's port to Java. Its own entry,
/// `LameEncoder`, needs the desktop part of Java, which the images do not have.
final class Mp3Encoder implements StreamEncoder {
  private static final int KBITS_PER_SECOND = 64;
  private static final int QUALITY = 5;

  /// LAME's bound: 1.25 bytes a sample, and what it holds back.
  private static final int OVERHEAD_BYTES = 7_200;

  private final Lame lame = new Lame();
  private final LameGlobalFlags flags;

  Mp3Encoder(int sampleRateHz) {
    connect(lame);
    flags = lame.lame_init();
    flags.num_channels = 1;
    flags.in_samplerate = sampleRateHz;
    flags.out_samplerate = sampleRateHz;
    flags.mode = MPEGMode.MONO;
    flags.brate = KBITS_PER_SECOND;
    flags.quality = QUALITY;
    flags.bWriteVbrTag = false;
    flags.write_id3tag_automatic = false;
    int status = lame.lame_init_params(flags);
    if (status < 0) {
      throw new IllegalStateException("LAME refuses its parameters: " + status);
    }
  }

  private static void connect(Lame lame) {
    BitStream bits = new BitStream();
    GainAnalysis gain = new GainAnalysis();
    Presets presets = new Presets();
    QuantizePVT tables = new QuantizePVT();
    Quantize quantize = new Quantize();
    VBRTag tag = new VBRTag();
    Version version = new Version();
    ID3Tag id3 = new ID3Tag();
    Reservoir reservoir = new Reservoir();
    Takehiro huffman = new Takehiro();
    MPGLib decoder = new MPGLib();
    lame.setModules(gain, bits, presets, tables, quantize, tag, version, id3, decoder);
    bits.setModules(gain, decoder, version, tag);
    id3.setModules(bits, version);
    presets.setModules(lame);
    quantize.setModules(bits, reservoir, tables, huffman);
    tables.setModules(huffman, reservoir, lame.enc.psy);
    reservoir.setModules(bits);
    huffman.setModules(tables);
    tag.setModules(lame, bits, version);
  }

  @Override
  public byte[] encode(byte[] pcm) {
    int count = pcm.length / 2;
    int[] samples = new int[count];
    for (int i = 0; i < count; i++) {
      // LAME takes the full range of an int.
      samples[i] = (pcm[2 * i] & 0xFF) << 16 | pcm[2 * i + 1] << 24;
    }
    byte[] mp3 = new byte[count * 5 / 4 + OVERHEAD_BYTES];
    return written(
        mp3, lame.lame_encode_buffer_int(flags, samples, samples, count, mp3, 0, mp3.length));
  }

  @Override
  public byte[] finish() {
    byte[] mp3 = new byte[OVERHEAD_BYTES];
    return written(mp3, lame.lame_encode_flush(flags, mp3, 0, mp3.length));
  }

  private static byte[] written(byte[] mp3, int count) {
    if (count < 0) {
      throw new IllegalStateException("LAME failed: " + count);
    }
    return Arrays.copyOf(mp3, count);
  }
}
