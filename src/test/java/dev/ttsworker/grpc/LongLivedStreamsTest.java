package dev.ttsworker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LongLivedStreamsTest {
  private final LongLivedStreams longLivedStreams = new LongLivedStreams();

  private final List<String> heard = new ArrayList<>();

  private ServerCall.Listener<InputStream> started(FakeCall call) {
    return longLivedStreams.interceptCall(
        call,
        new Metadata(),
        (_, _) ->
            new ServerCall.Listener<InputStream>() {
              @Override
              public void onCancel() {
                heard.add("cancelled");
              }

              @Override
              public void onComplete() {
                heard.add("complete");
              }
            });
  }

  private static Optional<ErrorCode> end(FakeCall call) {
    return call.ends.isEmpty()
        ? Optional.empty()
        : Statuses.reason(call.ends.getFirst(), call.trailers.getFirst());
  }

  @Test
  void openAndLaterStreamsAreEnded() {
    FakeCall open = new FakeCall();
    FakeCall complete = new FakeCall();
    FakeCall gone = new FakeCall();
    var _ = started(open);
    started(complete).onComplete();
    started(gone).onCancel();
    longLivedStreams.end();
    FakeCall late = new FakeCall();
    var _ = started(late);
    assertEquals(Optional.of(ErrorCode.DRAINING), end(open));
    assertEquals(Optional.of(ErrorCode.DRAINING), end(late));
    assertEquals(List.of(), complete.ends);
    assertEquals(List.of(), gone.ends);
    assertEquals(List.of("complete", "cancelled"), heard, "the services hear of their ends");
  }

  @Test
  void callsWithOneAnswerEndByThemselves() {
    FakeCall unary = new FakeCall(MethodType.UNARY);
    var _ = started(unary);
    longLivedStreams.end();
    assertEquals(List.of(), unary.ends);
  }

  @Test
  void handlerThatCannotStartLeavesNothingOpen() {
    FakeCall call = new FakeCall();
    assertThrows(
        AssertionError.class,
        () ->
            longLivedStreams.interceptCall(
                call,
                new Metadata(),
                (_, _) -> {
                  throw new AssertionError("broken");
                }));
    longLivedStreams.end();
    assertEquals(List.of(), call.ends);
  }
}
