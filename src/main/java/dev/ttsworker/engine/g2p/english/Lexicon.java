package dev.ttsworker.engine.g2p.english;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Lexicons of an accent: this project's corrections, gold, with pronunciations by part of speech,
/// then CMUdict. A capitalised word also finds the lower-case entry, and the other way round.
/// Immutable; usable by any thread.
///
/// An entry is the default pronunciation, then for each other one [#VARIANT], its tag, [#IS], and
/// the pronunciation, which may be empty: "spell it".
final class Lexicon {
  static final char VARIANT = ';';
  static final char IS = '=';

  /// The variant before a pause.
  private static final String BEFORE_PAUSE = "None";

  private final Accent accent;
  private final Map<String, String> corrections;
  private final PackedMap gold;
  private final PackedMap cmu;

  Lexicon(Accent accent, PackedMap gold, PackedMap cmu) {
    this.accent = accent;
    this.corrections = Corrections.of(accent);
    this.gold = gold;
    this.cmu = cmu;
  }

  Accent accent() {
    return accent;
  }

  /// Whether the gold lexicon has a word, or the same word capitalised or in lower case.
  boolean has(String word) {
    return entry(word).isPresent();
  }

  /// Whether CMUdict has a word.
  boolean hasName(String word) {
    return cmu.contains(word.toLowerCase(Locale.ROOT));
  }

  /// The pronunciation of the gold lexicon; empty when there is none for this part of speech.
  ///
  /// @param tag Penn part of speech
  Optional<String> pronounce(String word, String tag, Following following) {
    return entry(word)
        .map(entry -> variant(entry, tag, following))
        .filter(phonemes -> !phonemes.isEmpty());
  }

  /// The pronunciation of CMUdict, in this accent.
  Optional<String> name(String word) {
    return cmu.get(word.toLowerCase(Locale.ROOT))
        .map(
            american -> accent == Accent.BRITISH ? BritishPhonemes.ofAmerican(american) : american);
  }

  private Optional<String> entry(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String corrected = corrections.get(lower);
    if (corrected != null) {
      return Optional.of(corrected);
    }
    Optional<String> exact = gold.get(word);
    if (exact.isPresent() || word.length() < 2) {
      return exact;
    }
    String capitalised = lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    if (word.equals(lower)) {
      return gold.get(capitalised);
    }
    return word.equals(capitalised) ? gold.get(lower) : Optional.empty();
  }

  private static String variant(String entry, String tag, Following following) {
    int first = entry.indexOf(VARIANT);
    if (first < 0) {
      return entry;
    }
    Optional<String> found =
        following.sound() == Following.Sound.PAUSE ? part(entry, BEFORE_PAUSE) : Optional.empty();
    return found
        .or(() -> part(entry, tag))
        .or(() -> part(entry, wordClass(tag)))
        .orElse(entry.substring(0, first));
  }

  private static Optional<String> part(String entry, String tag) {
    String sought = VARIANT + tag + IS;
    int at = entry.indexOf(sought);
    if (at < 0) {
      return Optional.empty();
    }
    int from = at + sought.length();
    int end = entry.indexOf(VARIANT, from);
    return Optional.of(entry.substring(from, end < 0 ? entry.length() : end));
  }

  /// The word class of a part of speech: all verbs, all nouns, all adverbs, all adjectives.
  static String wordClass(String tag) {
    if (tag.startsWith("VB")) {
      return "VERB";
    }
    if (tag.startsWith("NN")) {
      return "NOUN";
    }
    if (tag.startsWith("RB") || tag.startsWith("ADV")) {
      return "ADV";
    }
    return tag.startsWith("JJ") || tag.startsWith("ADJ") ? "ADJ" : tag;
  }
}
