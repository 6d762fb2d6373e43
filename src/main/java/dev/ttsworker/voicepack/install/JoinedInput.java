package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.VoiceSource.Joined.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pieces of a file, one after the other; each is checked when it ends. For one thread.
final class JoinedInput extends InputStream {
  /// A piece and where it was found.
  ///
  /// @param place for messages
  record FoundPiece(Piece piece, String place, Archive.Opener opener) {}

  private final Iterator<FoundPiece> pieces;
  private @Nullable Current current;

  JoinedInput(List<FoundPiece> pieces) {
    this.pieces = List.copyOf(pieces).iterator();
  }

  /// The piece that is being read.
  private static final class Current {
    private final FoundPiece found;
    private final InputStream input;
    private final MessageDigest digest;
    private long size;

    Current(FoundPiece found) throws IOException {
      this.found = found;
      this.digest = FileHashes.newDigest(found.piece().checksum().kind());
      this.input = found.opener().open();
    }

    int read(byte[] target, int offset, int length) throws IOException {
      try {
        int count = input.read(target, offset, length);
        if (count < 0) {
          VerifiedCopy.check(
              size, HexFormat.of().formatHex(digest.digest()), found.piece().checksum());
          return count;
        }
        digest.update(target, offset, count);
        size += count;
        if (size > found.piece().checksum().size()) {
          throw new IOException(
              "has more than the expected " + found.piece().checksum().size() + " bytes");
        }
        return count;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw new IOException("its piece " + found.place() + " " + SmallFile.reason(e), e);
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      if (current == null) {
        if (!pieces.hasNext()) {
          return -1;
        }
        current = new Current(pieces.next());
      }
      int count = current.read(target, offset, length);
      if (count >= 0) {
        return count;
      }
      close();
    }
  }

  @Override
  public void close() throws IOException {
    Current open = current;
    current = null;
    if (open != null) {
      open.input.close();
    }
  }
}
