package dev.ttsworker.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Conversations with an agent: the user speaks, the agent thinks, its text arrives at a rate, and
/// the user may interrupt it. Lengths are log-normal, the number of turns geometric.
///
/// @param userSeconds median of what the user says
/// @param thinkSeconds median until the first text
/// @param sentences of a reply on average, at least 1
/// @param sentenceCharacters median of a sentence
/// @param textRate characters per second at which the text arrives
/// @param bargeIn probability that a reply is interrupted, at a moment that is uniform in it
/// @param toolPause probability that the text of a reply halts for 3 s after its first sentence
/// @param turns of a conversation on average, at least 1
public record AgentDialogues(
    double userSeconds,
    double thinkSeconds,
    double sentences,
    double sentenceCharacters,
    double textRate,
    double bargeIn,
    double toolPause,
    double turns)
    implements Dialogues {
  /// A voice agent on the telephone: 4 s of user, 0.6 s of thought, 1.8 sentences of 60 characters.
  public static final AgentDialogues USUAL =
      new AgentDialogues(4, 0.6, 1.8, 60, 120, 0.15, 0.05, 8);

  /// Standard deviations of the logarithm of lengths and pauses.
  private static final double LENGTH_SPREAD = 0.5;

  private static final double PAUSE_SPREAD = 0.5;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 300;
  private static final double TOOL_SECONDS = 3;
  private static final double NANOS = 1e9;
  private static final int SAMPLES = 20_000;

  @Override
  public Dialogue begin(long seed, long number) {
    RandomGenerator random = new SplittableRandom(seed * 1_000_003 + number).split();
    return () -> {
      if (random.nextDouble() < 1 / (turns + 1)) {
        return Optional.empty();
      }
      double pause = lognormal(random, userSeconds) + lognormal(random, thinkSeconds);
      OptionalDouble interrupted =
          random.nextDouble() < bargeIn
              ? OptionalDouble.of(random.nextDouble())
              : OptionalDouble.empty();
      return Optional.of(new Dialogue.Turn((long) (pause * NANOS), reply(random), interrupted));
    };
  }

  private Script reply(RandomGenerator random) {
    List<Integer> lengths = new ArrayList<>();
    do {
      lengths.add(length(random));
    } while (random.nextDouble() < 1 - 1 / sentences);
    Script script = Script.arriving(lengths, textRate);
    return random.nextDouble() < toolPause ? halted(script) : script;
  }

  private static Script halted(Script script) {
    List<Script.Segment> segments = new ArrayList<>();
    for (Script.Segment segment : script.segments()) {
      long halt = segments.isEmpty() ? 0 : (long) (TOOL_SECONDS * NANOS);
      segments.add(new Script.Segment(segment.characters(), segment.afterNanos() + halt));
    }
    return new Script(segments);
  }

  private int length(RandomGenerator random) {
    double drawn = sentenceCharacters * Math.exp(LENGTH_SPREAD * random.nextGaussian());
    return Math.clamp(Math.round(drawn), SHORTEST, LONGEST);
  }

  private static double lognormal(RandomGenerator random, double median) {
    return median * Math.exp(PAUSE_SPREAD * random.nextGaussian());
  }

  /// Half of the first turn, so that they are spread over it.
  @Override
  public Duration stagger(Duration warmUp) {
    return warmUp.dividedBy(2);
  }

  @Override
  public Duration meanLength(SpeechProfile profile) {
    return Duration.ofNanos((long) (turns * (pauseSeconds() + heardSeconds(profile)) * NANOS));
  }

  @Override
  public double speakingShare(SpeechProfile profile) {
    return heardSeconds(profile) / (pauseSeconds() + heardSeconds(profile));
  }

  /// Between two replies, up to the first sentence of the second one.
  private double pauseSeconds() {
    double mean = Math.exp(PAUSE_SPREAD * PAUSE_SPREAD / 2);
    return mean * (userSeconds + thinkSeconds) + meanSentence() / textRate;
  }

  private double heardSeconds(SpeechProfile profile) {
    return sentences * meanSentence() / profile.charactersPerSecond() * (1 - bargeIn / 2);
  }

  private double meanSentence() {
    return sentenceCharacters * Math.exp(LENGTH_SPREAD * LENGTH_SPREAD / 2);
  }

  @Override
  public double meanCharacters() {
    return sample().stream().mapToInt(Script.Segment::characters).average().orElseThrow();
  }

  @Override
  public double meanFirstSeconds(SpeechProfile profile) {
    return sample().stream()
        .mapToDouble(segment -> profile.firstAudioSeconds(segment.characters()))
        .average()
        .orElseThrow();
  }

  private List<Script.Segment> sample() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<Script.Segment> sample = new ArrayList<>();
    while (sample.size() < SAMPLES) {
      sample.addAll(reply(random).segments());
    }
    return sample;
  }
}
