package dev.ttsworker.session;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.WordTiming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Word timings of one call: those to be sent with the next frame, and the last one delivered.
/// Guarded by the call's lock.
final class CallWords {
  private final AudioFormat format;
  private final Queue<WordTiming> unsent = new ArrayDeque<>();
  private List<WordTiming> pending = List.of();
  private @Nullable WordTiming lastSent;

  /// @param format of the call's frames
  CallWords(AudioFormat format) {
    this.format = format;
  }

  /// Adds words that go with the next frame.
  void announce(List<WordTiming> words) {
    if (pending.isEmpty()) {
      pending = words;
    } else {
      pending = new ArrayList<>(pending);
      pending.addAll(words);
    }
    unsent.addAll(words);
  }

  /// Removes and returns the words that go with the next frame.
  List<WordTiming> take() {
    List<WordTiming> taken = pending;
    pending = List.of();
    return taken;
  }

  /// Receipt for the first `frames` frames; words without audio are skipped.
  Receipt receipt(long frames) {
    long samples = format.samples(frames);
    for (WordTiming next = unsent.peek();
        next != null && next.end() <= samples;
        next = unsent.peek()) {
      if (next.end() > next.start()) {
        lastSent = next;
      }
      unsent.remove();
    }
    return lastSent == null
        ? new Receipt(samples, "", 0, 0)
        : new Receipt(samples, lastSent.text(), lastSent.sourceEnd(), lastSent.contextEnd());
  }
}
