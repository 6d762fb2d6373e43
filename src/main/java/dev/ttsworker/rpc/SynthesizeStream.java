package dev.ttsworker.rpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.PhonemeTiming;
import dev.ttsworker.proto.TextChunk;
import dev.ttsworker.proto.WordTiming;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallEnd;
import dev.ttsworker.session.FrameReceiver;
import dev.ttsworker.session.OpenCall;
import dev.ttsworker.synthesis.WordTime;
import dev.ttsworker.synthesis.WordTime.PhonemeTime;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One Synthesize call on the wire. The session comes from the first chunk; the wire's callbacks
/// come one at a time.
final class SynthesizeStream implements StreamObserver<TextChunk>, FrameReceiver {
  private static final int SAMPLE_RATE_HZ = 48_000;
  private static final int FRAME_MS = 20;
  private static final int SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

  private final ServerCallStreamObserver<AudioFrame> responses;
  private final BiFunction<String, FrameReceiver, OpenCall> opener;
  private final Consumer<OpenCall> speaker;
  private String sessionId = "";
  private @Nullable Call call;

  /// @param opener finds the session and opens a call on it
  /// @param speaker has the call spoken on a thread of its own
  SynthesizeStream(
      ServerCallStreamObserver<AudioFrame> responses,
      BiFunction<String, FrameReceiver, OpenCall> opener,
      Consumer<OpenCall> speaker) {
    this.responses = responses;
    this.opener = opener;
    this.speaker = speaker;
    // Ready only while nothing waits inside the transport: what waits there would still leave after
    // PAUSE was acknowledged.
    responses.setOnReadyThreshold(1);
    responses.setOnCancelHandler(this::callerGone);
    responses.setOnReadyHandler(this::ready);
  }

  @Override
  public void onNext(TextChunk chunk) {
    Call running = call;
    if (running == null) {
      running = open(chunk.getSessionId());
    }
    running.acceptText(chunk.getText());
    if (chunk.getIsFinal()) {
      running.endText();
    }
  }

  private Call open(String id) {
    sessionId = id;
    OpenCall opened = opener.apply(id, this);
    call = opened.call();
    try {
      speaker.accept(opened);
    } catch (Throwable e) {
      opened.abandon(e);
      throw e;
    }
    return opened.call();
  }

  @Override
  public void onCompleted() {
    Call running = call;
    if (running == null) {
      // A call without a single chunk has no session either.
      running = open("");
    }
    running.endText();
  }

  @Override
  public void onError(Throwable failure) {
    callerGone();
  }

  private void callerGone() {
    Call running = call;
    if (running != null) {
      running.callerGone();
    }
  }

  private void ready() {
    Call running = call;
    if (running != null) {
      running.receiverReady();
    }
  }

  @Override
  public boolean isReady() {
    return responses.isReady();
  }

  @Override
  public void send(byte[] pcm, List<WordTime> words, long sequence, Optional<CallEnd> end) {
    if (responses.isCancelled()) {
      return;
    }
    AudioFrame.Builder frame =
        AudioFrame.newBuilder()
            .setSessionId(sessionId)
            .setAudioData(UnsafeByteOperations.unsafeWrap(pcm))
            .setSampleRate(SAMPLE_RATE_HZ)
            .setFrameDurationMs(FRAME_MS)
            .setSequenceNumber(sequence)
            .setIsFinal(end.isPresent())
            .setEnd(end.map(SynthesizeStream::wire).orElse(AudioFrame.End.END_UNSPECIFIED));
    for (WordTime word : words) {
      frame.addWords(timing(word));
    }
    responses.onNext(frame.build());
  }

  private static AudioFrame.End wire(CallEnd end) {
    return switch (end) {
      case SPOKEN -> AudioFrame.End.END_SPOKEN;
      case STOPPED -> AudioFrame.End.END_STOPPED;
      case SESSION_REPLACED -> AudioFrame.End.END_SESSION_REPLACED;
      case SESSION_ENDED -> AudioFrame.End.END_SESSION_ENDED;
      case PAUSED_TOO_LONG -> AudioFrame.End.END_PAUSED_TOO_LONG;
    };
  }

  /// Milliseconds are rounded up, so that a client who counts frames finds the same words delivered
  /// as a receipt does.
  private static WordTiming timing(WordTime word) {
    WordTiming.Builder timing =
        WordTiming.newBuilder()
            .setText(word.text())
            .setStartMs(millis(word.start()))
            .setEndMs(millis(word.end()))
            .setSourceStart(word.sourceStart())
            .setSourceEnd(word.sourceEnd())
            .setFinal(word.exact())
            .setContextEnd(word.contextEnd())
            .addAllUnknownPhonemes(word.unknownPhonemes());
    for (PhonemeTime phoneme : word.phonemes()) {
      timing.addPhonemes(
          PhonemeTiming.newBuilder()
              .setText(phoneme.text())
              .setStartMs(millis(phoneme.start()))
              .setEndMs(millis(phoneme.end())));
    }
    return timing.build();
  }

  private static int millis(long samples) {
    return (int) Math.ceilDiv(samples, SAMPLES_PER_MS);
  }

  @Override
  public void complete() {
    if (!responses.isCancelled()) {
      responses.onCompleted();
    }
  }

  @Override
  public void fail(WorkerException failure) {
    if (!responses.isCancelled()) {
      responses.onError(Statuses.of(failure));
    }
  }
}
