package dev.ttsworker.grpc.riva;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.proto.riva.RequestId;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponseMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Mapper from one call's audio and word timings to responses.
final class ResponseMapper {
  /// Of a call that has not begun.
  static final ResponseMapper NONE =
      new ResponseMapper(SynthesizeSpeechRequest.getDefaultInstance(), new SourceSlices(), 1);

  private static final int MILLIS_PER_SECOND = 1000;

  private final Optional<RequestId> id;
  private final boolean wordOffsets;
  private final SourceSlices source;
  private final int sampleRateHz;

  /// @param settings the call's first request
  /// @param source the call's text
  ResponseMapper(SynthesizeSpeechRequest settings, SourceSlices source, int sampleRateHz) {
    this.id = settings.hasId() ? Optional.of(settings.getId()) : Optional.empty();
    this.wordOffsets = settings.getEnableWordTimeOffsets();
    this.source = source;
    this.sampleRateHz = sampleRateHz;
  }

  /// One response.
  ///
  /// @param words in the order of the text, in the order of the responses
  SynthesizeSpeechResponse response(ByteString audio, List<WordTiming> words) {
    SynthesizeSpeechResponse.Builder response =
        SynthesizeSpeechResponse.newBuilder().setAudio(audio);
    id.ifPresent(response::setId);
    if (!words.isEmpty()) {
      response.setMeta(metadata(words));
    }
    return response.build();
  }

  private SynthesizeSpeechResponseMetadata metadata(List<WordTiming> words) {
    SynthesizeSpeechResponseMetadata.Builder metadata =
        SynthesizeSpeechResponseMetadata.newBuilder()
            .setProcessedText(
                words.stream().map(WordTiming::text).collect(Collectors.joining(" ")));
    if (wordOffsets) {
      // What is written as one word may be said as several.
      int first = 0;
      for (int i = 0; i < words.size(); i++) {
        boolean last = i + 1 == words.size();
        if (last || words.get(i + 1).sourceStart() > words.get(i).sourceStart()) {
          add(metadata, words.get(first), words.get(i));
          first = i + 1;
        }
      }
    }
    return metadata.build();
  }

  private void add(
      SynthesizeSpeechResponseMetadata.Builder metadata, WordTiming first, WordTiming last) {
    String written = source.takeTo(last.contextEnd());
    if (!written.isEmpty()) {
      metadata.addWords(
          dev.ttsworker.proto.riva.WordTiming.newBuilder()
              .setWord(written)
              .setStartTime(millis(first.start()))
              .setEndTime(millis(last.end())));
    }
  }

  private int millis(long samples) {
    return Math.toIntExact(samples * MILLIS_PER_SECOND / sampleRateHz);
  }
}
