package dev.ttsworker.engine.text;

import dev.ttsworker.engine.text.FollowingWords.Kind;
import java.util.List;

/// Full stop disambiguation of a language: what must follow a full stop for the sentence to end
/// there. Immutable.
@FunctionalInterface
interface FullStopRules {
  /// The rule for a full stop right after this text, the segment so far. Reads only the last few
  /// words.
  BoundaryRule ruleAfter(CharSequence text);

  /// Whether a sign right after end punctuation belongs to the sentence.
  default boolean isCloser(int c) {
    return Punctuation.isCloser(c);
  }

  /// The opening and the closing quotation mark that have blanks within; empty without such.
  default String spacedQuotes() {
    return "";
  }

  /// Whether a word with a capital after an abbreviation starts a sentence, as far as one can know.
  default boolean startsSentence(String word) {
    return startsNoName(word) || FollowingWords.is(word, Kind.OFTEN_STARTS);
  }

  /// The same, for a word that is no part of a name.
  default boolean startsNoName(String word) {
    return FollowingWords.is(word, Kind.STARTS);
  }

  /// Whether a word with a capital belongs to the ordinal before it: "3. Mai".
  default boolean followsOrdinal(String word) {
    return false;
  }

  /// The rules of the first language that has some; those of English for others.
  ///
  /// @param languages BCP 47 tags, the most specific first
  static FullStopRules of(List<String> languages) {
    return languages.stream()
        .flatMap(tag -> LocalFullStops.of(tag).stream())
        .<FullStopRules>map(local -> local)
        .findFirst()
        .orElse(FullStops::ruleAfter);
  }
}
