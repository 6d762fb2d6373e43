package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.graph.ValueRange;
import dev.ttsworker.engine.runtime.Difference;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.hibari.HibariModel.TextResult;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.CalibrationPhonemes;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.engine.voice.sentence.VocabularyReader;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;

/// Calibration of a decoder: the ranges of what it quantizes, and checks of the decoder that was
/// made with them.
final class DecoderCalibration {
  private static final CancellationToken NEVER = new CancellationToken();
  private static final Pace PACE = Pace.of(Rendering.LARGEST_WINDOW_FRAMES);
  private static final double SMALLEST_WIDTH = 1e-6;

  private final PhonemeVocabulary vocabulary;
  private final boolean british;

  DecoderCalibration(PhonemeVocabulary vocabulary, boolean british) {
    this.vocabulary = vocabulary;
    this.british = british;
  }

  /// Checksum of the phoneme ids of all calibration sentences: with another vocabulary the decoder
  /// has other ranges.
  String checksum() {
    return checksum(sentences());
  }

  /// Checksum of the phoneme ids that [#speech] speaks: others have another loudness.
  String spokenChecksum() {
    return checksum(CalibrationPhonemes.of(british));
  }

  private String checksum(List<String> sentences) {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    for (String sentence : sentences) {
      for (long id : vocabulary.encode(sentence).ids()) {
        checksum.update(bytes.putLong(0, id).rewind());
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  /// The ranges of all quantized tensors over the calibration sentences of both varieties, as the
  /// decoder by itself computes them.
  ///
  /// @param model whose text stage reads the sentences
  /// @param ranges graph of [dev.ttsworker.engine.graph.SpectralGraphs#writeRanges]
  Map<String, ValueRange> ranges(HibariModel model, Graph ranges) {
    List<String> quantized = model.names().quantized();
    Set<String> outputs = new HashSet<>();
    for (String tensor : quantized) {
      outputs.add(SpectralInterface.smallest(tensor));
      outputs.add(SpectralInterface.largest(tensor));
    }
    Map<String, ValueRange> found = new HashMap<>();
    for (String sentence : sentences()) {
      Map<String, FloatTensor> made = whole(model, ranges, request(sentence, 1), outputs);
      for (String tensor : quantized) {
        double smallest = Math.min(0, value(made, SpectralInterface.smallest(tensor)));
        double largest = Math.max(0, value(made, SpectralInterface.largest(tensor)));
        found.merge(
            tensor,
            new ValueRange(smallest, Math.max(largest, smallest + SMALLEST_WIDTH)),
            DecoderCalibration::both);
      }
    }
    return found;
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>(CalibrationPhonemes.of(british));
    sentences.addAll(CalibrationPhonemes.of(!british));
    return sentences;
  }

  private static ValueRange both(ValueRange one, ValueRange other) {
    return new ValueRange(
        Math.min(one.smallest(), other.smallest()), Math.max(one.largest(), other.largest()));
  }

  private static float value(Map<String, FloatTensor> made, String name) {
    return Objects.requireNonNull(made.get(name)).values()[0];
  }

  private static Map<String, FloatTensor> whole(
      HibariModel model, Graph graph, HibariRequest request, Set<String> outputs) {
    TextResult text = model.runText(request, request.sentence().runs().getFirst(), NEVER);
    int width = text.pitch().length;
    FrameSlice columns = new FrameSlice(text.columns(), model.names().rows(), width, 0, width);
    return graph.run(Map.of(model.names().decoderInput(), columns), outputs, NEVER);
  }

  /// The largest number of the vocabulary.
  int largestNumber() {
    return vocabulary.last().map(Map.Entry::getValue).orElse(0);
  }

  /// Whether the text stage knows all numbers of the vocabulary, also those of signs that no
  /// calibration sentence has.
  ///
  /// @param model whose text stage is asked
  /// @throws WorkerException `INVALID_VOICEPACK`
  void requireNumbers(HibariModel model) {
    Map.Entry<String, Integer> last = vocabulary.last().orElseThrow();
    HibariRequest request =
        new HibariRequest(
            SentenceIds.whole(new long[] {0, last.getValue(), 0}), 1, 1, AddedSamples.NONE, 1);
    try {
      TextResult _ = model.runText(request, request.sentence().runs().getFirst(), NEVER);
    } catch (WorkerException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s: %s is %d; allowed: the numbers that the model has: %s"
              .formatted(
                  VocabularyReader.FILE,
                  Printable.printable(last.getKey(), 40),
                  last.getValue(),
                  e.getMessage()),
          e);
    }
  }

  /// How far the spectra of a sentence are from those of the decoder by itself, in dB below them.
  ///
  /// @param original graph of [dev.ttsworker.engine.graph.SpectralGraphs#writeRanges]
  double distanceDb(HibariModel model, Graph original) {
    HibariRequest request = request(sentences().getFirst(), 1);
    Map<String, FloatTensor> expected =
        whole(model, original, request, Set.copyOf(SpectralInterface.SPECTRUM));
    TextResult text = model.runText(request, request.sentence().runs().getFirst(), NEVER);
    int width = text.pitch().length;
    List<float[]> made =
        model
            .decode(
                new FrameSlice(text.columns(), model.names().rows(), width, 0, width),
                model.nothingCarried(),
                true,
                NEVER)
            .spectrum();
    List<float[]> right = new ArrayList<>();
    for (String part : SpectralInterface.SPECTRUM) {
      right.add(Objects.requireNonNull(expected.get(part)).values());
    }
    return Difference.decibelsBelow(right, made);
  }

  /// How far a sentence in windows is from the same in one piece, in dB below the speech; negative
  /// infinity when their lengths differ.
  double windowDistanceDb(HibariModel model) {
    HibariRequest request = request(sentences().getFirst(), 1);
    float[] whole = speak(new SentenceDecoder(model, request, WindowPlan.WHOLE));
    float[] windows = speak(new SentenceDecoder(model, request, WindowPlan.STREAMED));
    return Difference.decibelsBelow(List.of(whole), List.of(windows));
  }

  /// The calibration sentences of the voice's own variety, spoken.
  float[] speech(HibariModel model) {
    float[] speech = {};
    long seed = 1;
    for (String sentence : CalibrationPhonemes.of(british)) {
      float[] made =
          speak(new SentenceDecoder(model, request(sentence, seed++), WindowPlan.STREAMED));
      int end = speech.length;
      speech = Arrays.copyOf(speech, end + made.length);
      System.arraycopy(made, 0, speech, end, made.length);
    }
    return speech;
  }

  private static float[] speak(SentenceDecoder sound) {
    float[] speech = {};
    while (!sound.isFinished()) {
      float[] made = sound.step(PACE, NEVER);
      int end = speech.length;
      speech = Arrays.copyOf(speech, end + made.length);
      System.arraycopy(made, 0, speech, end, made.length);
    }
    return speech;
  }

  private HibariRequest request(String phonemes, long seed) {
    return new HibariRequest(
        SentenceIds.whole(vocabulary.encode(phonemes).ids()), 1, 1, AddedSamples.NONE, seed);
  }
}
