package dev.ttsworker.bench.simulation;

import dev.ttsworker.bench.load.ConversationLoad;
import dev.ttsworker.bench.load.ListenerPause;
import dev.ttsworker.bench.load.SentenceSet;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/// The streams of the benchmark's conversation load: the same sentences in the same order for a
/// seed, each as a whole, 200 to 400 ms after the listener has heard the one before.
public record SentenceDialogues(SentenceSet set) implements Dialogues {
  private static final double MEAN_PAUSE_SECONDS = 0.3;

  @Override
  public Dialogue begin(long seed, long number) {
    Iterator<String> order = set.order(seed + number);
    Random random = new Random(seed + number);
    return new Dialogue() {
      private boolean begun;

      @Override
      public Optional<Turn> next() {
        long pause = begun ? ListenerPause.nanos(random) : 0;
        begun = true;
        return Optional.of(new Turn(pause, Script.of(order.next()), OptionalDouble.empty()));
      }
    };
  }

  @Override
  public Duration stagger(Duration warmUp) {
    return Duration.ofNanos((long) (ConversationLoad.STAGGER * warmUp.toNanos()));
  }

  /// They do not end.
  @Override
  public Duration meanLength(SpeechProfile profile) {
    return Duration.ofDays(1);
  }

  @Override
  public double speakingShare(SpeechProfile profile) {
    double seconds =
        set.sentences().stream().mapToInt(String::length).average().orElseThrow()
            / profile.charactersPerSecond();
    return seconds / (seconds + MEAN_PAUSE_SECONDS);
  }

  @Override
  public double meanCharacters() {
    return segments().mapToInt(Script.Segment::characters).average().orElseThrow();
  }

  @Override
  public double meanFirstSeconds(SpeechProfile profile) {
    return segments()
        .mapToDouble(segment -> profile.firstAudioSeconds(segment.characters()))
        .average()
        .orElseThrow();
  }

  private Stream<Script.Segment> segments() {
    return set.sentences().stream()
        .map(sentence -> Script.of(sentence).segments())
        .flatMap(List::stream);
  }
}
