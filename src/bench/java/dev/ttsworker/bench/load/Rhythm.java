package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechCall;
import java.util.Random;

/// When a stream speaks again, and what it does meanwhile. On the timer's thread.
interface Rhythm {
  /// A call has begun; it may be over already.
  void began(MeasuredCall call, SpeechCall spoken);

  /// When the stream speaks again after a call that is over.
  long nextNanos(MeasuredCall call);

  /// Speaks again at once.
  static Rhythm closed() {
    return new Rhythm() {
      @Override
      public void began(MeasuredCall call, SpeechCall spoken) {}

      @Override
      public long nextNanos(MeasuredCall call) {
        return call.overNanos();
      }
    };
  }

  /// Speaks again 200 to 400 ms after its listener has heard everything.
  static Rhythm conversation(Random random) {
    return new Rhythm() {
      @Override
      public void began(MeasuredCall call, SpeechCall spoken) {}

      @Override
      public long nextNanos(MeasuredCall call) {
        return call.heardNanos() + ListenerPause.nanos(random);
      }
    };
  }
}
