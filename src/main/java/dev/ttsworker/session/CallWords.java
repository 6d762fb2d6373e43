package dev.ttsworker.session;

import dev.ttsworker.engine.WordTiming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The words of one call: which go with the next frame, and which have left. Guarded by the call's
/// lock.
final class CallWords {
  private static final int SAMPLES_PER_FRAME = 960;

  private final Queue<WordTiming> ahead = new ArrayDeque<>();
  private List<WordTiming> fresh = List.of();
  private @Nullable WordTiming left;

  /// Takes words that go with the next frame.
  void announce(List<WordTiming> words) {
    if (fresh.isEmpty()) {
      fresh = words;
    } else {
      fresh = new ArrayList<>(fresh);
      fresh.addAll(words);
    }
    ahead.addAll(words);
  }

  /// The words that go with the next frame; only once.
  List<WordTiming> take() {
    List<WordTiming> taken = fresh;
    fresh = List.of();
    return taken;
  }

  /// What has left with so many frames; words without a sound are not looked at.
  Receipt receipt(long frames) {
    long samples = frames * SAMPLES_PER_FRAME;
    for (WordTiming next = ahead.peek();
        next != null && next.end() <= samples;
        next = ahead.peek()) {
      if (next.end() > next.start()) {
        left = next;
      }
      ahead.remove();
    }
    return left == null
        ? new Receipt(samples, "", 0, 0)
        : new Receipt(samples, left.text(), left.sourceEnd(), left.contextEnd());
  }
}
