package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.riva.AudioEncoding;
import dev.ttsworker.proto.riva.RequestId;
import dev.ttsworker.proto.riva.RivaSpeechSynthesisGrpc;
import dev.ttsworker.proto.riva.RivaSynthesisConfigRequest;
import dev.ttsworker.proto.riva.RivaSynthesisConfigResponse.Config;
import dev.ttsworker.proto.riva.SynthesizeSpeechRequest;
import dev.ttsworker.proto.riva.SynthesizeSpeechResponse;
import dev.ttsworker.proto.riva.WordTiming;
import dev.ttsworker.proto.riva.ZeroShotData;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.BlockingClientCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NVIDIA Riva's speech synthesis against a real worker with the tiny voices.
final class RivaIT {
  private static final String TEXT = "Good morning, \"dear\" listener. It costs $4.50 today!";

  @TempDir static Path folder;
  static TestWorker worker;
  static RivaSpeechSynthesisGrpc.RivaSpeechSynthesisBlockingV2Stub riva;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
    riva = RivaSpeechSynthesisGrpc.newBlockingV2Stub(worker.channel);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static SynthesizeSpeechRequest.Builder request(String text) {
    return SynthesizeSpeechRequest.newBuilder()
        .setText(text)
        .setLanguageCode("en-US")
        .putCustomConfiguration("seed", "7")
        .putCustomConfiguration("no such key", "ignored");
  }

  private static List<SynthesizeSpeechResponse> online(SynthesizeSpeechRequest... requests)
      throws Exception {
    BlockingClientCall<SynthesizeSpeechRequest, SynthesizeSpeechResponse> call =
        riva.synthesizeOnline();
    for (SynthesizeSpeechRequest request : requests) {
      boolean _ = call.write(request);
    }
    call.halfClose();
    List<SynthesizeSpeechResponse> responses = new ArrayList<>();
    while (call.hasNext()) {
      responses.add(call.read());
    }
    return responses;
  }

  private static ByteString audio(List<SynthesizeSpeechResponse> responses) {
    return ByteString.copyFrom(responses.stream().map(SynthesizeSpeechResponse::getAudio).toList());
  }

  @Test
  void wholeAndStreamedAreTheSameAudioWithTheIdAndEveryWord() throws Exception {
    SynthesizeSpeechRequest asked =
        request(TEXT)
            .setSampleRateHz(16_000)
            .setEnableWordTimeOffsets(true)
            .setId(RequestId.newBuilder().setValue("r1"))
            .build();
    SynthesizeSpeechResponse whole = riva.synthesize(asked);
    List<SynthesizeSpeechResponse> streamed = online(asked);
    assertEquals(whole.getAudio(), audio(streamed));
    assertTrue(whole.getAudio().size() > 32_000, "more than a second");
    assertTrue(streamed.stream().allMatch(response -> response.getId().getValue().equals("r1")));
    assertTrue(streamed.stream().noneMatch(response -> response.getAudio().isEmpty()));
    List<WordTiming> words = whole.getMeta().getWordsList();
    assertEquals(TEXT, words.stream().map(WordTiming::getWord).collect(Collectors.joining(" ")));
    assertEquals(
        words,
        streamed.stream().flatMap(response -> response.getMeta().getWordsList().stream()).toList());
    int before = 0;
    for (WordTiming word : words) {
      assertTrue(word.getStartTime() >= before, word + " after " + before);
      assertTrue(word.getEndTime() >= word.getStartTime(), word.toString());
      before = word.getStartTime();
    }
    assertTrue(before < whole.getAudio().size() / 32, "within the audio");
    assertTrue(
        whole.getMeta().getProcessedText().contains("four dollars"),
        whole.getMeta().getProcessedText());
  }

  @Test
  void everyRateAndEncodingLastsAsLong() throws Exception {
    double seconds = 0;
    for (int rate : AudioFormat.RATES_HZ) {
      for (AudioEncoding encoding :
          List.of(AudioEncoding.LINEAR_PCM, AudioEncoding.MULAW, AudioEncoding.ALAW)) {
        ByteString audio =
            riva.synthesize(request("Hello.").setSampleRateHz(rate).setEncoding(encoding).build())
                .getAudio();
        int bytes = encoding == AudioEncoding.LINEAR_PCM ? 2 : 1;
        double lasts = (double) audio.size() / bytes / rate;
        seconds = seconds == 0 ? lasts : seconds;
        assertEquals(seconds, lasts, 0.021, rate + " " + encoding);
      }
    }
    assertEquals(
        riva.synthesize(request("Hello.").setSampleRateHz(22_050).build()).getAudio(),
        riva.synthesize(request("Hello.").build()).getAudio());
  }

  @Test
  void textOfSeveralMessagesIsJoinedByBlanks() throws Exception {
    ByteString whole = audio(online(request("Good morning to you. And to me.").build()));
    assertEquals(
        whole,
        audio(
            online(
                request("Good").build(),
                request("morning").setSampleRateHz(8_000).build(),
                request(" to you.").build(),
                request("").build(),
                request("And to me.").build())));
    assertEquals(0, online().size());
    assertEquals(0, online(request("").build()).size());
    assertEquals(0, online(request("... ?!").build()).size());
    assertEquals(0, online(request("...").setEncoding(AudioEncoding.ALAW).build()).size());
  }

  @Test
  void voicesAreListedAndSpokenBySubvoices() throws Exception {
    Map<String, Map<String, String>> configs =
        riva
            .getRivaSynthesisConfig(RivaSynthesisConfigRequest.getDefaultInstance())
            .getModelConfigList()
            .stream()
            .collect(Collectors.toMap(Config::getModelName, Config::getParametersMap));
    assertEquals("default:0", configs.get("piper-tiny").get("subvoices"));
    assertEquals("piper-tiny", configs.get("piper-tiny").get("voice_name"));
    assertEquals("en-US", configs.get("piper-tiny").get("language_code"));
    assertEquals(
        1,
        riva.getRivaSynthesisConfig(
                RivaSynthesisConfigRequest.newBuilder().setModelName("Piper-Tiny").build())
            .getModelConfigCount());
    assertEquals(
        0,
        riva.getRivaSynthesisConfig(
                RivaSynthesisConfigRequest.newBuilder().setModelName("none").build())
            .getModelConfigCount());
    ByteString usual = riva.synthesize(request("Hello.").build()).getAudio();
    for (String name :
        List.of("piper-tiny", "PIPER-TINY.default", "Magpie-Multilingual.EN-US.Aria")) {
      assertEquals(
          usual, riva.synthesize(request("Hello.").setVoiceName(name).build()).getAudio(), name);
    }
    ByteString first =
        riva.synthesize(request("Hello.").setVoiceName("piper-tiny-speakers.0").build()).getAudio();
    ByteString second =
        riva.synthesize(request("Hello.").setVoiceName("piper-tiny-speakers.1").build()).getAudio();
    assertFalse(first.equals(second), "another speaker sounds otherwise");
  }

  @Test
  void badRequestsAreRefusedByFieldAndOthersGoOn() throws Exception {
    refused("text is empty", request(" "));
    refused(
        "sample_rate_hz is 12000; allowed: 0, 8000, 11025", request("a").setSampleRateHz(12_000));
    refused("encoding is FLAC; allowed: LINEAR_PCM", request("a").setEncoding(AudioEncoding.FLAC));
    refused("encoding is 77; allowed", request("a").setEncodingValue(77));
    refused("voice_name: Model not found: nobody", request("a").setVoiceName("nobody"));
    refused("language xx", request("a").setLanguageCode("xx-YY"));
    refused("options.speaker is \"9\"", request("a").setVoiceName("piper-tiny.9"));
    refused("options.speed is \"9\"", request("a").putCustomConfiguration("speed", "9"));
    refused("custom_dictionary has", request("a").setCustomDictionary("word  123"));
    refused(
        "zero_shot_data has a recording",
        request("a")
            .setZeroShotData(
                ZeroShotData.newBuilder().setAudioPrompt(ByteString.copyFromUtf8("x"))));
    refused(
        "SynthesizeOnline has no such limit",
        request("word ".repeat(3_000)).setSampleRateHz(48_000));
    assertFalse(riva.synthesize(request("Still here.").build()).getAudio().isEmpty());
    StatusException failed =
        assertThrows(
            StatusException.class, () -> online(request("a").setVoiceName("nobody").build()));
    assertEquals(Status.Code.INVALID_ARGUMENT, failed.getStatus().getCode());
  }

  private static void refused(String message, SynthesizeSpeechRequest.Builder asked) {
    Exception failure = assertThrows(Exception.class, () -> riva.synthesize(asked.build()));
    Status status = Status.fromThrowable(failure);
    assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status.toString());
    assertTrue(String.valueOf(status.getDescription()).contains(message), status.getDescription());
  }

  @Test
  void cancelledCallIsComputedNoFurther() throws Exception {
    double before = worker.worker.stats().all().get("audio_seconds");
    BlockingClientCall<SynthesizeSpeechRequest, SynthesizeSpeechResponse> call =
        riva.synthesizeOnline();
    boolean _ = call.write(request("And so it goes on and on. ".repeat(400)).build());
    var _ = call.read();
    call.cancel("enough", null);
    while (worker.worker.stats().all().get("active_streams") > 0) {
      Polling.pause();
    }
    double computed = worker.worker.stats().all().get("audio_seconds") - before;
    assertTrue(computed < 100, computed + " s of about 800 were computed");
  }

  @Test
  void healthNamesTheService() {
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(worker.channel)
            .check(
                HealthCheckRequest.newBuilder()
                    .setService("nvidia.riva.tts.RivaSpeechSynthesis")
                    .build())
            .getStatus());
  }
}
