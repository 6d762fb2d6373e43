package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.Answer;
import dev.ttsworker.bench.client.GrpcStream;
import dev.ttsworker.bench.client.SpeechCall;
import dev.ttsworker.bench.client.StreamCommand;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The rhythm of a conversation whose listener interrupts: six of seven calls are stopped, paused
/// or cancelled, each kind as often, at a random moment of their first second. All of it runs on
/// the timer's thread, except for the answers.
final class Interrupter implements Rhythm {
  /// A command travels beside its call: a sooner one can arrive first, find nothing to interrupt
  /// and be carried out on the idle session.
  private static final Duration EARLIEST = Duration.ofMillis(50);

  private static final Duration LATEST = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final TestBed bed;
  private final GrpcStream stream;
  private final InterruptionLog log;
  private final Tally tally;
  private final Random random;
  private final Rhythm conversation;

  Interrupter(TestBed bed, GrpcStream stream, InterruptionLog log, Tally tally, Random random) {
    this.bed = bed;
    this.stream = stream;
    this.log = log;
    this.tally = tally;
    this.random = random;
    this.conversation = Rhythm.conversation(random);
  }

  @Override
  public long nextNanos(MeasuredCall call) {
    return conversation.nextNanos(call);
  }

  @Override
  public void began(MeasuredCall call, SpeechCall spoken) {
    Interruption.Kind[] kinds = Interruption.Kind.values();
    int choice = random.nextInt(2 * kinds.length + 1);
    long after = random.nextLong(EARLIEST.toNanos(), LATEST.toNanos());
    boolean resume = random.nextBoolean();
    if (choice < 2 * kinds.length) {
      var _ =
          bed.timer()
              .schedule(
                  () -> interrupt(call, spoken, kinds[choice / 2], resume),
                  after,
                  TimeUnit.NANOSECONDS);
    }
  }

  private void interrupt(
      MeasuredCall call, SpeechCall spoken, Interruption.Kind kind, boolean resume) {
    Interruption interruption = new Interruption(kind, bed.clock().getAsLong());
    if (!call.interrupt(interruption)) {
      // It was over before its moment came.
      return;
    }
    log.add(interruption);
    switch (kind) {
      case STOP -> command(StreamCommand.STOP, interruption, () -> {});
      case PAUSE -> command(StreamCommand.PAUSE, interruption, () -> goOn(interruption, resume));
      // There is no answer to it: the call's end is all that its client hears.
      case CANCEL -> spoken.cancel();
    }
  }

  /// After a pause in which nothing may come.
  private void goOn(Interruption interruption, boolean resume) {
    var _ =
        bed.timer()
            .schedule(
                () -> {
                  interruption.release();
                  StreamCommand next = resume ? StreamCommand.RESUME : StreamCommand.STOP;
                  command(next, interruption, () -> {});
                },
                PAUSE.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void command(StreamCommand command, Interruption interruption, Runnable then) {
    long asked = bed.clock().getAsLong();
    stream.control(
        command,
        new Answer<>() {
          @Override
          public void given(Long serverTime) {
            long now = bed.clock().getAsLong();
            log.answered(now - asked);
            interruption.answered(now);
            then.run();
          }

          @Override
          public void failed(String reason) {
            tally.failed(command + ": " + reason);
          }
        });
  }
}
