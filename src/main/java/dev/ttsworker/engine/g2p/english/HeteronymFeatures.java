package dev.ttsworker.engine.g2p.english;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Features of a heteronym in its sentence: the words and tags around it, and the words near it.
final class HeteronymFeatures {
  private static final int NEAR = 6;
  private static final String NOTHING = "";

  private HeteronymFeatures() {}

  /// Hashes of the features that it has, in ascending order, each once.
  ///
  /// @param tokens tagged
  static int[] of(List<Token> tokens, int at) {
    String tag = tag(tokens, at);
    String before = word(tokens, at - 1);
    String after = word(tokens, at + 1);
    IntStream around =
        IntStream.of(
            hash("b"),
            hash("w-1=", before),
            hash("w-2=", word(tokens, at - 2)),
            hash("w+1=", after),
            hash("w+2=", word(tokens, at + 2)),
            hash("w-21=", word(tokens, at - 2), " ", before),
            hash("w+12=", after, " ", word(tokens, at + 2)),
            hash("w-1+1=", before, " ", after),
            hash("t=", tag),
            hash("t-1=", tag(tokens, at - 1)),
            hash("t+1=", tag(tokens, at + 1)),
            hash("t-1t=", tag(tokens, at - 1), " ", tag),
            hash("tt+1=", tag, " ", tag(tokens, at + 1)),
            hash("t-1+1=", tag(tokens, at - 1), " ", tag(tokens, at + 1)),
            hash("t-2=", tag(tokens, at - 2)),
            hash("t+2=", tag(tokens, at + 2)),
            hash("s-1=", ending(before)),
            hash("s+1=", ending(after)),
            hash("sh=", Tagger.shape(tokens.get(at).text())));
    IntStream near =
        IntStream.rangeClosed(at - NEAR, at + NEAR)
            .filter(i -> i != at)
            .mapToObj(i -> word(tokens, i))
            .filter(word -> !word.isEmpty())
            .mapToInt(word -> hash("n=", word));
    return IntStream.concat(around, near).sorted().distinct().toArray();
  }

  private static int hash(String... parts) {
    long hash = Hashes.of(parts);
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  private static String word(List<Token> tokens, int at) {
    return at < 0 || at >= tokens.size() ? NOTHING : tokens.get(at).text().toLowerCase(Locale.ROOT);
  }

  private static String tag(List<Token> tokens, int at) {
    return at < 0 || at >= tokens.size() ? NOTHING : tokens.get(at).tag();
  }

  private static String ending(String word) {
    return word.substring(Math.max(0, word.length() - 3));
  }
}
