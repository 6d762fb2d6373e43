package dev.ttsworker.engine.g2p.english;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Features of a heteronym in its sentence: the words and tags around it, and the words near it.
/// The grammatical ones are the same for all heteronyms that are a verb or another part of speech.
final class HeteronymFeatures {
  private static final int NEAR = 6;
  private static final String NOTHING = "";
  private static final Pattern NOT_TENSED =
      Pattern.compile(
          "will|'ll|would|'d|can|could|shall|should|may|might|must|do|does|did|wo|ca|to|let|please");
  private static final Pattern SUBJECT = Pattern.compile("i|you|we|they|who");
  private static final Pattern SINGULAR_SUBJECT = Pattern.compile("he|she|it");
  private static final Pattern DETERMINER =
      Pattern.compile(
          "a|an|the|this|that|these|those|my|your|his|her|its|our|their|no|any|some|'s");
  private static final Pattern TO_BE = Pattern.compile("be|is|are|was|were|been|being|am|'m|'re");
  private static final Pattern TO_HAVE = Pattern.compile("have|has|had|'ve");
  private static final Pattern NEGATION = Pattern.compile("not|n't|never");
  private static final Pattern OBJECT = Pattern.compile("me|him|us|them|myself|yourself");

  private HeteronymFeatures() {}

  /// Hashes of all features that it has, in ascending order, each once.
  ///
  /// @param tokens tagged
  static int[] of(List<Token> tokens, int at) {
    String before = word(tokens, at - 1);
    String after = word(tokens, at + 1);
    IntStream around =
        IntStream.of(
            hash("w-1=", before),
            hash("w-2=", word(tokens, at - 2)),
            hash("w+1=", after),
            hash("w+2=", word(tokens, at + 2)),
            hash("w-21=", word(tokens, at - 2), " ", before),
            hash("w+12=", after, " ", word(tokens, at + 2)),
            hash("w-1+1=", before, " ", after),
            hash("s-1=", ending(before)),
            hash("s+1=", ending(after)),
            hash("sh=", Tagger.shape(tokens.get(at).text())),
            hash("c=", at == 0 ? "first" : Tagger.shape(tokens.get(at).text())));
    IntStream near =
        IntStream.rangeClosed(at - NEAR, at + NEAR)
            .filter(i -> i != at)
            .mapToObj(i -> word(tokens, i))
            .filter(word -> !word.isEmpty())
            .mapToInt(word -> hash("n=", word));
    return IntStream.concat(IntStream.of(grammatical(tokens, at)), IntStream.concat(around, near))
        .sorted()
        .distinct()
        .toArray();
  }

  /// Hashes of the features that tell a verb from other parts of speech, of any word, in ascending
  /// order, each once.
  ///
  /// @param tokens tagged
  static int[] grammatical(List<Token> tokens, int at) {
    String tag = tag(tokens, at);
    String before = tag(tokens, at - 1);
    String after = tag(tokens, at + 1);
    String kind = kind(tokens, at - 1);
    String earlier = kind(tokens, at - 2);
    String next = kind(tokens, at + 1);
    return IntStream.of(
            hash("b"),
            hash("t=", tag),
            hash("t-1=", before),
            hash("t+1=", after),
            hash("t-1t=", before, " ", tag),
            hash("tt+1=", tag, " ", after),
            hash("t-1+1=", before, " ", after),
            hash("t-2=", tag(tokens, at - 2)),
            hash("t+2=", tag(tokens, at + 2)),
            hash("k-1=", kind),
            hash("k-2=", earlier),
            hash("k+1=", next),
            hash("k-21=", earlier, " ", kind),
            hash("k-1+1=", kind, " ", next),
            hash("k-1t=", kind, " ", tag))
        .sorted()
        .distinct()
        .toArray();
  }

  /// What a neighbour is to a verb: its subject, an auxiliary; for other words the tag.
  private static String kind(List<Token> tokens, int at) {
    String word = word(tokens, at);
    if (at < 0) {
      return "start";
    }
    if (NOT_TENSED.matcher(word).matches()) {
      return "infinitive";
    }
    if (SUBJECT.matcher(word).matches()) {
      return "subject";
    }
    if (SINGULAR_SUBJECT.matcher(word).matches()) {
      return "singular";
    }
    if (DETERMINER.matcher(word).matches()) {
      return "determiner";
    }
    if (TO_BE.matcher(word).matches()) {
      return "be";
    }
    if (TO_HAVE.matcher(word).matches()) {
      return "have";
    }
    if (NEGATION.matcher(word).matches()) {
      return "not";
    }
    return OBJECT.matcher(word).matches() ? "object" : tag(tokens, at);
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
