package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/// A call that waits in the middle of a sentence while others misbehave, and must not hear of it;
/// [Bystander] speaks all the time.
final class HalfSpokenCall {
  private static final String TEXT = "Hello. Good morning.";
  private static final int SENT_AT_FIRST = "Hello. Good mor".length();

  private final TestWorker worker;
  private final String session;
  private final byte[] undisturbed;
  private final SpokenCall call;

  /// Begins to speak, as the only call.
  ///
  /// @param undisturbed what [#alone] gave
  HalfSpokenCall(TestWorker worker, String session, byte[] undisturbed) {
    this.worker = worker;
    this.session = session;
    this.undisturbed = undisturbed;
    worker.awaitStreams(0);
    call = worker.call();
    call.send(session, TEXT.substring(0, SENT_AT_FIRST));
    worker.awaitStreams(1);
  }

  /// What it says when nobody else is there.
  static byte[] alone(TestWorker worker, String session) throws InterruptedException {
    return worker.say(session, TEXT);
  }

  /// Ends, once all others have, and has said everything.
  void endsWell() throws InterruptedException {
    worker.awaitStreams(1);
    call.send(session, TEXT.substring(SENT_AT_FIRST));
    call.endInput();
    assertArrayEquals(undisturbed, call.audio());
  }
}
