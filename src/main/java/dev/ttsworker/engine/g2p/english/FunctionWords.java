package dev.ttsworker.engine.g2p.english;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Function words whose sound depends on their part of speech and on what follows: "a", "an",
/// "the", "to", "in", "am", "I", "by", "used", "vs". Immutable; usable by any thread.
final class FunctionWords {
  private final Lexicon lexicon;

  FunctionWords(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /// The phonemes; empty for any other word.
  ///
  /// @param stress of the word by its capitals
  /// @param spelling a word as letters
  Optional<String> pronounce(
      String word,
      String tag,
      Stress stress,
      Following following,
      Function<String, Optional<String>> spelling) {
    boolean capitals = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    boolean noun = tag.startsWith("NN");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "a" -> Optional.of(tag.equals("DT") ? "ɐ" : "ˈA");
      case "an" -> capitals && noun ? spelling.apply(word) : Optional.of("ɐn");
      case "am" -> am(word, noun, stress, following, spelling);
      case "i" -> word.equals("I") && tag.equals("PRP") ? Optional.of("ˌI") : Optional.empty();
      case "by" -> Lexicon.wordClass(tag).equals("ADV") ? Optional.of("bˈI") : Optional.empty();
      case "to" ->
          capitals && !tag.equals("TO") && !tag.equals("IN") ? Optional.empty() : to(following);
      case "in" ->
          capitals && tag.equals("NNP") ? Optional.empty() : Optional.of(in(tag, following));
      case "the" ->
          capitals && !tag.equals("DT")
              ? Optional.empty()
              : Optional.of(following.sound() == Following.Sound.VOWEL ? "ði" : "ðə");
      case "vs", "vs." -> lexicon.pronounce("versus", tag, following);
      case "used" -> used(tag, following);
      default -> Optional.empty();
    };
  }

  private Optional<String> am(
      String word,
      boolean noun,
      Stress stress,
      Following following,
      Function<String, Optional<String>> spelling) {
    if (noun) {
      return spelling.apply(word);
    }
    boolean full =
        following.sound() == Following.Sound.PAUSE
            || !word.equals("am")
            || stress != Stress.UNCHANGED;
    return full ? lexicon.pronounce("am", "VBP", following) : Optional.of("ɐm");
  }

  private Optional<String> to(Following following) {
    return switch (following.sound()) {
      case PAUSE -> lexicon.pronounce("to", "TO", following);
      case VOWEL -> Optional.of("tʊ");
      case CONSONANT -> Optional.of("tə");
    };
  }

  private static String in(String tag, Following following) {
    boolean weak = following.sound() != Following.Sound.PAUSE && tag.equals("IN");
    return weak ? "ɪn" : "ˈɪn";
  }

  /// "used to" is the only one with a voiceless ending.
  private Optional<String> used(String tag, Following following) {
    boolean habit = following.to() && (tag.equals("VBD") || tag.equals("JJ"));
    return lexicon.pronounce("used", habit ? "VBD" : "VB", following);
  }
}
