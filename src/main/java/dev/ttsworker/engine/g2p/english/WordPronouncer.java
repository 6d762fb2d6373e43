package dev.ttsworker.engine.g2p.english;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Pronunciation of one word by lexicons, inflections and letters. Immutable; usable by any thread.
final class WordPronouncer {
  /// Longest word in capitals that is read as letters when no lexicon has it.
  private static final int LONGEST_ACRONYM = 6;

  /// Longest word in capitals that CMUdict's names do not apply to.
  private static final int SHORT_ACRONYM = 3;

  private static final int LONGEST_WORD = 60;

  private static final Map<String, String> SYMBOLS =
      Map.of("%", "percent", "&", "and", "+", "plus", "@", "at", "=", "equals");

  private final Lexicon lexicon;
  private final FunctionWords functionWords;

  WordPronouncer(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.functionWords = new FunctionWords(lexicon);
  }

  /// Phonemes of a word; empty when no lexicon has it and it is no acronym.
  ///
  /// @param word without blanks, with the ASCII apostrophe
  /// @param tag Penn part of speech
  Optional<String> pronounce(String word, String tag, Following following) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String symbol = SYMBOLS.get(word);
    if (symbol != null) {
      return lexicon.pronounce(symbol, tag, following);
    }
    if (isDotted(word)) {
      return spell(word);
    }
    Stress stress = capitalStress(word);
    Optional<String> special = functionWords.pronounce(word, tag, stress, following, this::spell);
    return special.isPresent() ? special : general(folded(word, tag), tag, stress, following);
  }

  /// Stress of a word by its capitals.
  static Stress capitalStress(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (word.equals(lower)) {
      return Stress.UNCHANGED;
    }
    return word.equals(word.toUpperCase(Locale.ROOT)) ? Stress.PRIMARY : Stress.RAISED;
  }

  private static boolean isDotted(String word) {
    int longest = 0;
    int length = 0;
    boolean inside = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c != '.' && !Character.isLetter(c)) {
        return false;
      }
      inside |= c == '.' && i > 0 && i < word.length() - 1;
      length = c == '.' ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return inside && longest < 3;
  }

  /// In lower case, when a word in capitals or capitalised is known only so.
  private String folded(String word, String tag) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean letters = word.replace("'", "").chars().allMatch(Character::isLetter);
    if (word.length() < 2 || !letters || word.equals(lower) || lexicon.has(word)) {
      return word;
    }
    boolean upper = word.equals(word.toUpperCase(Locale.ROOT));
    boolean capitalised = word.substring(1).equals(lower.substring(1));
    boolean name = tag.equals("NNP") && word.length() <= 7;
    boolean known =
        lexicon.has(lower) || inflected(lower, tag, Stress.UNCHANGED, Following.END).isPresent();
    return !name && (upper || capitalised) && known ? lower : word;
  }

  private Optional<String> general(String word, String tag, Stress stress, Following following) {
    if (isKnown(word)) {
      return lookup(word, tag, stress, following);
    }
    int length = word.length();
    if (word.endsWith("s'") && isKnown(word.substring(0, length - 2) + "'s")) {
      return lookup(word.substring(0, length - 2) + "'s", tag, stress, following);
    }
    if (length > 1 && word.endsWith("'") && isKnown(word.substring(0, length - 1))) {
      return lookup(word.substring(0, length - 1), tag, stress, following);
    }
    return inflected(word, tag, stress, following)
        .or(() -> lexicon.name(word).map(stress::apply))
        .or(() -> inflectedName(word).map(stress::apply));
  }

  private Optional<String> inflected(String word, String tag, Stress stress, Following following) {
    for (Inflections kind : Inflections.values()) {
      Optional<String> found =
          kind.stem(word, this::isKnown)
              .flatMap(stem ->
                  lookup(
                      stem,
                      tag,
                      kind == Inflections.ING && stress == Stress.UNCHANGED
                          ? Stress.RAISED
                          : stress,
                      following))
              .flatMap(stem -> kind.inflect(stem, lexicon.accent()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> inflectedName(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith("s'") ? lower.substring(0, lower.length() - 1) : lower;
    for (Inflections kind : Inflections.values()) {
      Optional<String> found =
          kind.stem(bare, lexicon::hasName)
              .flatMap(lexicon::name)
              .flatMap(stem -> kind.inflect(stem, lexicon.accent()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Whether the gold lexicon has a word, or it is read as letters.
  private boolean isKnown(String word) {
    if (lexicon.has(word)) {
      return true;
    }
    if (!isAscii(word)) {
      return false;
    }
    if (word.length() == 1) {
      return true;
    }
    String upper = word.toUpperCase(Locale.ROOT);
    if (word.equals(upper) && lexicon.has(word.toLowerCase(Locale.ROOT))) {
      return true;
    }
    boolean capitals = word.substring(1).equals(upper.substring(1));
    return capitals
        && word.length() <= LONGEST_ACRONYM
        && !(word.length() > SHORT_ACRONYM && lexicon.hasName(word));
  }

  private static boolean isAscii(String word) {
    return word.chars().allMatch(c -> c < 0x80 && Character.isLetter(c)) && !word.isEmpty();
  }

  private Optional<String> lookup(String word, String tag, Stress stress, Following following) {
    boolean capitals = word.equals(word.toUpperCase(Locale.ROOT)) && !lexicon.has(word);
    String entry = capitals ? word.toLowerCase(Locale.ROOT) : word;
    boolean name = capitals && tag.equals("NNP");
    Optional<String> found = lexicon.pronounce(entry, tag, following);
    if (found.isEmpty() || (name && !Phonemes.hasPrimary(found.get()))) {
      Optional<String> letters = spell(word);
      if (letters.isPresent()) {
        return letters;
      }
    }
    return found.map(stress::apply);
  }

  /// A word's letters, the last of them with the primary stress; empty when one has no name.
  Optional<String> spell(String word) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isLetter(c)) {
        continue;
      }
      Optional<String> name =
          lexicon.pronounce(String.valueOf(Character.toUpperCase(c)), "NN", Following.END);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      made.append(name.get());
    }
    String letters = Stress.SECONDARY.apply(made.toString());
    int last = letters.lastIndexOf(Phonemes.SECONDARY);
    return last < 0
        ? Optional.empty()
        : Optional.of(letters.substring(0, last) + Phonemes.PRIMARY + letters.substring(last + 1));
  }
}
