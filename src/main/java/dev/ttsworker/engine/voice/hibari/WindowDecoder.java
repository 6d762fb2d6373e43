package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.hibari.HibariModel.DecoderResult;
import java.util.List;
import java.util.Optional;

/// Window decoder of one sentence: consecutive windows, each on an accelerator when one can, else
/// on the CPU. Windows on an accelerator have their context in them; those on the CPU carry columns
/// on, and begin again, with context, behind one of an accelerator. Not thread-safe.
final class WindowDecoder {
  private final HibariModel model;
  private final SentenceFrames frames;

  /// The first frame that any window may see.
  private final int start;

  private int decoded;
  private Optional<Carried> carried;

  /// @param read the frames before this one were read
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  private record Carried(int read, float[] columns) {}

  /// @param start frame that the first window begins at
  WindowDecoder(HibariModel model, SentenceFrames frames, int start) {
    this.model = model;
    this.frames = frames;
    this.start = start;
    this.decoded = start;
    this.carried = Optional.of(new Carried(start, model.nothingCarried()));
  }

  /// Just past the newest frame that is decoded.
  int decoded() {
    return decoded;
  }

  /// Frames before this one are not read again.
  int needed() {
    return Math.max(start, decoded - context());
  }

  private int context() {
    return model.names().contextFrames();
  }

  /// Decodes the next window.
  ///
  /// @param to frame that it ends before, with its context
  /// @param last whether the sentence ends there, so that all frames are decoded
  /// @throws dev.ttsworker.error.WorkerException `INFERENCE_FAILED`, `CALL_CANCELLED`
  SpectralFrames decode(int to, boolean last, Pace pace, CancellationToken cancel) {
    int end = last ? to : to - context();
    Optional<List<float[]>> there = onDevice(to, end, last, pace, cancel);
    SpectralFrames made;
    if (there.isPresent()) {
      made = new SpectralFrames(decoded, end, there.get());
      carried = Optional.empty();
    } else {
      made = here(to, end, last, cancel);
    }
    decoded = end;
    return made;
  }

  private Optional<List<float[]>> onDevice(
      int to, int end, boolean last, Pace pace, CancellationToken cancel) {
    int from = needed();
    return model.decodeOnDevice(
        frames.decoderInput(from, to),
        new Position(from == start, last),
        decoded - from,
        end - from,
        pace.deadlineNanos(),
        cancel);
  }

  private SpectralFrames here(int to, int end, boolean last, CancellationToken cancel) {
    Carried before = carried.orElseGet(() -> new Carried(needed(), model.nothingCarried()));
    int from = carried.isPresent() ? decoded : before.read();
    DecoderResult made =
        model.decode(frames.decoderInput(before.read(), to), before.columns(), last, cancel);
    carried = Optional.of(new Carried(to, made.carried()));
    return new SpectralFrames(from, end, made.spectrum());
  }
}
