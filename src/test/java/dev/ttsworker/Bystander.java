package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.ttsworker.proto.AudioFrame;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// A well-behaved caller: one call that speaks sentence after sentence while others misbehave, and
/// must not notice them.
final class Bystander {
  private static final String SENTENCE = "Good morning, dear listener. ";
  private static final Map<String, String> PACED =
      Map.of("seed", "1", "noise_w", "0", "speed", "2", "max_lead_ms", "300");
  private static final Map<String, String> AT_ONCE =
      Map.of("seed", "1", "noise_w", "0", "speed", "2", "max_lead_ms", "600000");

  /// The call is heard to here before the end of what was sent, before it gets its next sentence.
  private static final int FRAMES_AHEAD = 12;

  private final TestWorker worker;
  private final String session;
  private final int framesPerSentence;
  private final FutureTask<byte[]> audio;
  private volatile boolean leaving;
  private int sent;

  /// Opens its session and begins to speak.
  Bystander(TestWorker worker, String session) throws InterruptedException {
    this.worker = worker;
    this.session = session;
    worker.session(session + "-alone", "", AT_ONCE);
    worker.session(session, "", PACED);
    framesPerSentence = alone(4).length / 1920 / 4;
    SpokenCall call = worker.call();
    call.send(session, SENTENCE);
    sent = 1;
    worker.awaitStreams(1);
    Callable<byte[]> listening = () -> listen(call);
    audio = new FutureTask<>(listening);
    Thread.ofVirtual().name("bystander").start(audio);
  }

  private byte[] listen(SpokenCall call) throws InterruptedException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    boolean speaking = true;
    for (Optional<AudioFrame> frame = call.next(); frame.isPresent(); frame = call.next()) {
      heard.writeBytes(frame.get().getAudioData().toByteArray());
      if (speaking && leaving) {
        call.endInput();
        speaking = false;
      } else if (speaking && heard.size() / 1920 >= sent * framesPerSentence - FRAMES_AHEAD) {
        call.send(session, SENTENCE);
        sent++;
      }
    }
    return heard.toByteArray();
  }

  private byte[] alone(int sentences) throws InterruptedException {
    return worker.say(session + "-alone", SENTENCE.repeat(sentences));
  }

  /// Ends the call and its sessions.
  ///
  /// @throws AssertionError when it was not spoken as it is alone, to the byte
  void leave() throws Exception {
    leaving = true;
    byte[] heard = audio.get();
    assertArrayEquals(alone(sent), heard);
    worker.endSession(session);
    worker.endSession(session + "-alone");
  }
}
