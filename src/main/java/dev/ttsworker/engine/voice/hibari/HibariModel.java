package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime.Nodes;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceStage;
import dev.ttsworker.engine.runtime.gpu.DeviceStage.Position;
import dev.ttsworker.engine.runtime.gpu.StageSpec;
import dev.ttsworker.engine.runtime.gpu.TensorShape;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.engine.voice.sentence.TextRun;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Partitioned hibari model: text stage and decoder, which may be on accelerators too. Thread-safe;
/// closing waits for nobody, running work ends first.
final class HibariModel implements AutoCloseable {
  /// Bounds what a broken voice can ask for: a phoneme of a minute.
  private static final float LONGEST_UNITS = 2_400;

  private static final int FRAMES_PER_UNIT = 2;

  /// No voice comes near it; the phase of more would leave the range of its numbers.
  private static final float HIGHEST_PITCH_HZ = SpectralFrames.SAMPLE_RATE_HZ / 2f;

  private final SpectralInterface names;
  private final Graph text;
  private final Graph decoder;
  private Optional<OnDevice> device = Optional.empty();

  /// Takes the graphs over.
  HibariModel(SpectralInterface names, Graph text, Graph decoder) {
    this.names = names;
    this.text = text;
    this.decoder = decoder;
  }

  /// Decoder on accelerators.
  ///
  /// @param files that it is read from again after a failure; closed with it
  private record OnDevice(DeviceStage decoder, HibariFiles files) implements AutoCloseable {
    @Override
    public void close() {
      decoder.close();
      files.close();
    }
  }

  /// Has windows computed on accelerators too, when they work. To be called before the first one.
  void accelerate(DeviceStage stage, HibariFiles files) {
    device = Optional.of(new OnDevice(stage, files));
  }

  /// What accelerators must know of the decoder.
  ///
  /// @param plan of the windows
  static StageSpec deviceStage(SpectralInterface names, WindowPlan plan) {
    return new StageSpec(
        "decoder",
        names.decoderInput(),
        names.rows(),
        Optional.of(SpectralInterface.MASK),
        Map.of(),
        SpectralInterface.SPECTRA,
        TensorShape.of(1, (long) SpectralInterface.SPECTRUM.size() * SpectralFrames.BINS, 1),
        plan.widths(names.contextFrames()),
        Nodes.ALL_ON_DEVICE);
  }

  SpectralInterface names() {
    return names;
  }

  /// What the text stage gives for a run.
  ///
  /// @param frames of each of its numbers
  /// @param columns decoder input, row-major
  /// @param pitch of each frame in Hz
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  record TextResult(int[] frames, float[] columns, float[] pitch) {}

  /// Reads a part of a sentence.
  ///
  /// @throws WorkerException `INFERENCE_FAILED`, `CALL_CANCELLED`
  TextResult runText(HibariRequest request, TextRun run, CancellationToken cancel) {
    long[] ids = Arrays.copyOfRange(request.sentence().ids(), run.from(), run.to());
    Map<String, Tensor> inputs =
        Map.of(
            names.phonemes(),
            new LongTensor(ids, 1, ids.length),
            names.speed(),
            new FloatTensor(new float[] {request.speed()}, 1));
    Set<String> outputs = Set.of(names.decoderInput(), names.pitch(), names.durations());
    Map<String, FloatTensor> made = text.run(inputs, outputs, cancel);
    float[] durations = Samples.finite("duration", values(made, names.durations()));
    int[] frames = new int[ids.length];
    int sum = 0;
    for (int i = 0; i < frames.length && i < durations.length; i++) {
      if (!(durations[i] >= 1 && durations[i] <= LONGEST_UNITS)) {
        throw failed("The voice gave a phoneme the duration " + durations[i]);
      }
      frames[i] = FRAMES_PER_UNIT * (int) durations[i];
      sum += frames[i];
    }
    float[] columns = Samples.finite("feature", values(made, names.decoderInput()));
    float[] pitch = Samples.finite("pitch", values(made, names.pitch()));
    for (float hz : pitch) {
      if (Math.abs(hz) > HIGHEST_PITCH_HZ) {
        throw failed("The voice gave a pitch of " + hz + " Hz");
      }
    }
    if (durations.length != ids.length
        || columns.length != names.rows() * sum
        || pitch.length != sum) {
      throw failed(
          "The voice gave %d durations of %d phonemes, %d features and %d pitches of %d frames"
              .formatted(durations.length, ids.length, columns.length, pitch.length, sum));
    }
    return new TextResult(frames, columns, pitch);
  }

  /// Carried columns, before the first window.
  float[] nothingCarried() {
    return new float[names.carriedRows() * names.edgeFrames()];
  }

  /// What a run of the decoder gives.
  ///
  /// @param spectrum as in [SpectralInterface#SPECTRUM]
  /// @param carried for the next window
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  record DecoderResult(List<float[]> spectrum, float[] carried) {}

  /// Decodes a window.
  ///
  /// @param columns that follow those of the window before
  /// @param carried from the window before, or [#nothingCarried]
  /// @param last whether the sentence ends with these columns
  /// @throws WorkerException `INFERENCE_FAILED`, `CALL_CANCELLED`
  DecoderResult decode(
      FrameSlice columns, float[] carried, boolean last, CancellationToken cancel) {
    long[] pads = new long[6];
    pads[5] = last ? names.edgeFrames() : 0;
    Map<String, Tensor> inputs =
        Map.of(
            names.decoderInput(),
            columns,
            SpectralInterface.CARRIED,
            new FloatTensor(carried, 1, names.carriedRows(), carried.length / names.carriedRows()),
            SpectralInterface.PADS,
            new LongTensor(pads, pads.length));
    Set<String> outputs = new HashSet<>(SpectralInterface.SPECTRUM);
    outputs.add(SpectralInterface.CARRIED_ON);
    Map<String, FloatTensor> made = decoder.run(inputs, outputs, cancel);
    List<float[]> spectrum = new ArrayList<>();
    for (String part : SpectralInterface.SPECTRUM) {
      spectrum.add(values(made, part));
    }
    return new DecoderResult(spectrum, values(made, SpectralInterface.CARRIED_ON));
  }

  /// Decodes a window with its context on an accelerator.
  ///
  /// @param from column of the first frame that is wanted
  /// @param to just past that of the last one
  /// @return the spectra of those frames, as in [SpectralInterface#SPECTRUM]; empty when no
  ///   accelerator can
  /// @throws WorkerException `CALL_CANCELLED`
  Optional<List<float[]>> decodeOnDevice(
      FrameSlice columns,
      Position position,
      int from,
      int to,
      long deadlineNanos,
      CancellationToken cancel) {
    int width = columns.to() - columns.from();
    return device
        .flatMap(it -> it.decoder().run(columns, position, Map.of(), deadlineNanos, cancel))
        .map(made -> SpectralFrames.byFrame(made, width, from, to));
  }

  private static float[] values(Map<String, FloatTensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name)).values();
  }

  private static WorkerException failed(String message) {
    return new WorkerException(ErrorCode.INFERENCE_FAILED, message);
  }

  @Override
  public void close() {
    device.ifPresent(OnDevice::close);
    text.close();
    decoder.close();
  }
}
