package dev.ttsworker.engine.g2p.english;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Phonemes of a sentence's tokens, read from its end, since words depend on the sound that
/// follows. Tokens without blanks between them are one compound: the longest parts that the lexicon
/// has. Immutable; usable by any thread.
final class SentenceReader {
  /// Most tokens that are looked up together; "up-to-the-minute" has seven.
  private static final int MOST_TOGETHER = 7;

  private static final String JOINERS = "-'/_.";
  private static final String SYMBOLS = "&%+@=";
  private static final String CLITIC = "'s";

  /// Stands for a word of which nothing can be read, such as one in another script: no voice knows
  /// it, so it is counted and logged as an unknown phoneme and left out.
  private static final String UNREADABLE = "\uFFFD";

  private final EnglishModel model;
  private final WordPronouncer words;
  private final UnknownWords unknownWords;

  SentenceReader(EnglishModel model) {
    this.model = model;
    this.words = new WordPronouncer(model.lexicon());
    this.unknownWords = new UnknownWords(words, model.net());
  }

  /// @param tokens tagged
  /// @param overrides phonemes of the pronunciation overrides, by their index
  Sounds read(List<Token> tokens, List<String> overrides) {
    Sounds sounds = new Sounds(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isOverride()) {
        sounds.set(i, overrides.get(tokens.get(i).override()));
      }
    }
    Following following = Following.END;
    int at = tokens.size() - 1;
    while (at >= 0) {
      Token token = tokens.get(at);
      Optional<String> marks = marks(tokens, at);
      if (token.isOverride()) {
        following = following.before(sounds.phonemes(at), false);
      } else if (marks.isPresent()) {
        sounds.setMarks(at, marks.get());
        following = following.before(marks.get(), false);
      } else if (isPart(token)) {
        int from = at;
        while (from > 0 && continues(tokens, from - 1)) {
          from--;
        }
        following = readCompound(tokens, from, at + 1, following, sounds);
        at = from;
      }
      at--;
    }
    return sounds;
  }

  private static Optional<String> marks(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    boolean blankBefore = at == 0 || tokens.get(at - 1).blank();
    return token.isOverride()
        ? Optional.empty()
        : Marks.of(token, blankBefore && token.blank(), blankBefore && !token.blank());
  }

  private static boolean isPart(Token token) {
    return token.hasLetterOrDigit()
        || (token.text().length() == 1 && (JOINERS + SYMBOLS).contains(token.text()));
  }

  private static boolean continues(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    return !token.blank() && !token.isOverride() && isPart(token) && marks(tokens, at).isEmpty();
  }

  /// @return what the token before it is followed by
  private Following readCompound(
      List<Token> tokens, int from, int to, Following behind, Sounds sounds) {
    Following following = behind;
    List<Integer> clitics = new ArrayList<>();
    int right = to;
    while (right > from) {
      int left = Math.max(from, right - MOST_TOGETHER);
      Optional<String> found = Optional.empty();
      while (left < right && found.isEmpty()) {
        found = together(tokens, left, right, from, following);
        left += found.isEmpty() ? 1 : 0;
      }
      if (found.isEmpty()) {
        left = right - 1;
        Token token = tokens.get(left);
        if (isBehindWord(tokens, left, from)) {
          clitics.addFirst(left);
        } else if (token.hasLetterOrDigit()) {
          found = Optional.of(unknownWords.pronounce(token, following).orElse(UNREADABLE));
        }
      }
      if (found.isPresent()) {
        sounds.set(left, found.get());
        following = following.before(found.get(), right == left + 1 && isTo(tokens.get(left)));
      }
      right = left;
    }
    clitics.forEach(clitic -> addClitic(clitic, from, sounds));
    Compounds.adjust(tokens, from, to, sounds);
    return following;
  }

  private Optional<String> together(
      List<Token> tokens, int left, int right, int from, Following following) {
    Token first = tokens.get(left);
    if (right - left > 1) {
      StringBuilder text = new StringBuilder();
      tokens.subList(left, right).forEach(token -> text.append(token.text()));
      return words.pronounce(text.toString(), dominantTag(tokens, left, right), following);
    }
    if (isBehindWord(tokens, left, from)) {
      return Optional.empty();
    }
    return model
        .heteronyms()
        .pronounce(tokens, left, model.lexicon().accent())
        .map(WordPronouncer.capitalStress(first.text())::apply)
        .or(() -> words.pronounce(first.text(), first.tag(), following));
  }

  /// Whether a token is the ending "'s" of the word before it.
  private static boolean isBehindWord(List<Token> tokens, int at, int from) {
    return tokens.get(at).text().equalsIgnoreCase(CLITIC)
        && (at > from || isBehindOverride(tokens, at));
  }

  private static boolean isBehindOverride(List<Token> tokens, int at) {
    return at > 0 && tokens.get(at - 1).isOverride() && !tokens.get(at - 1).blank();
  }

  /// The possessive of a word that no lexicon has.
  private void addClitic(int clitic, int from, Sounds sounds) {
    int stem = clitic - 1;
    while (stem > from && sounds.phonemes(stem).isEmpty()) {
      stem--;
    }
    String phonemes = sounds.phonemes(stem);
    Inflections.S.inflect(phonemes, model.lexicon().accent())
        .ifPresent(made -> sounds.set(clitic, made.substring(phonemes.length())));
  }

  /// The tag of the part with the most letters, capitals twice.
  private static String dominantTag(List<Token> tokens, int left, int right) {
    String tag = "";
    int most = -1;
    for (int i = left; i < right; i++) {
      Token token = tokens.get(i);
      int weight = token.text().chars().map(c -> Character.isUpperCase(c) ? 2 : 1).sum();
      if (weight > most) {
        most = weight;
        tag = token.tag();
      }
    }
    return tag;
  }

  private static boolean isTo(Token token) {
    return switch (token.text()) {
      case "to", "To" -> true;
      case "TO" -> token.tag().equals("TO") || token.tag().equals("IN");
      default -> false;
    };
  }
}
