package dev.ttsworker.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Seeded mutations of valid inputs. An ordinary run has always the same seed; one whose number of
/// inputs is asked for has another each time. Every round has a generator of its own, so that a
/// failure is repeated by `-Dfuzz.seed=SEED -Dfuzz.from=ROUND -Dfuzz.inputs=1`; `just fuzz` sets
/// many inputs.
public final class Fuzz {
  private static final String ALGORITHM = "L64X128MixRandom";
  private static final String INPUTS = "fuzz.inputs";
  private static final long SEED =
      Long.getLong(
          "fuzz.seed", Integer.getInteger(INPUTS, 0) > 0 ? System.nanoTime() : 20_261_124L);

  private Fuzz() {}

  /// How many inputs to try.
  ///
  /// @param ordinary how many in an ordinary test run
  public static int inputs(int ordinary) {
    return Integer.getInteger(INPUTS, ordinary);
  }

  public static int from() {
    return Integer.getInteger("fuzz.from", 0);
  }

  public static long seed() {
    return SEED;
  }

  /// The random numbers of one round.
  public static RandomGenerator random(long seed, int round) {
    return RandomGeneratorFactory.of(ALGORITHM).create(seed + round * 0x9E3779B97F4A7C15L);
  }

  /// What to say about a failure.
  public static String where(int round) {
    return "-Dfuzz.seed=" + SEED + " -Dfuzz.from=" + round + " -Dfuzz.inputs=1";
  }

  /// One to eight edits: bytes flipped, removed, repeated, replaced; tokens put in; the end cut
  /// off.
  public static byte[] mutate(byte[] valid, List<String> tokens, RandomGenerator random) {
    byte[] content = valid.clone();
    for (int edits = 1 + random.nextInt(8); edits > 0; edits--) {
      int at = random.nextInt(content.length + 1);
      content =
          switch (random.nextInt(7)) {
            case 0 -> splice(content, at, 0, bytes(tokens.get(random.nextInt(tokens.size()))));
            case 1 -> splice(content, at, random.nextInt(20), new byte[0]);
            case 2 -> splice(content, at, 1, bytes(Character.toString(codePoint(random))));
            case 3 -> splice(content, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 4 -> splice(content, at, content.length, new byte[0]);
            case 5 -> splice(content, at, 0, part(content, random));
            default -> splice(content, at, part(content, random).length, part(content, random));
          };
    }
    return content;
  }

  private static byte[] part(byte[] content, RandomGenerator random) {
    int from = random.nextInt(content.length + 1);
    int length = Math.min(content.length - from, 1 << random.nextInt(8));
    return Arrays.copyOfRange(content, from, from + length);
  }

  /// Any character but a surrogate, most often a common one.
  public static int codePoint(RandomGenerator random) {
    int bits = 7 + random.nextInt(15);
    int codePoint = random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT + 1));
    return Character.getType(codePoint) == Character.SURROGATE ? '?' : codePoint;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] content, int at, int removed, byte[] added) {
    int end = (int) Math.min(content.length, (long) at + removed);
    byte[] spliced = new byte[at + added.length + content.length - end];
    System.arraycopy(content, 0, spliced, 0, at);
    System.arraycopy(added, 0, spliced, at, added.length);
    System.arraycopy(content, end, spliced, at + added.length, content.length - end);
    return spliced;
  }
}
