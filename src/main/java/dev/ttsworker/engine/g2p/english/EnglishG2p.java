package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.g2p.Utf16Sanitizer;
import dev.ttsworker.engine.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;

/// G2P of one English accent. Sentences have at most [SentenceAssembler#LONGEST] phonemes; longer
/// ones are divided at punctuation, else at a blank. Signs without a sound, and scripts that it
/// does not know, are silent. Time and memory are linear in the text. Thread-safe.
final class EnglishG2p implements GraphemeToPhoneme {
  private final EnglishModel model;
  private final SentenceReader reader;

  EnglishG2p(EnglishModel model) {
    this.model = model;
    this.reader = new SentenceReader(model);
  }

  @Override
  public PhonemizedText convert(String text, List<SpokenWord> words) {
    String clean = Utf16Sanitizer.clean(text);
    List<WordPlace> places = WordPlace.locate(clean, words);
    List<String> overrides = new ArrayList<>();
    List<Token> tokens = tokenize(clean, words, places, overrides);
    SentenceAssembler assembler = new SentenceAssembler(places);
    for (List<Token> sentence : SentenceSplitter.split(clean, tokens)) {
      List<Token> tagged = tag(sentence);
      assembler.add(tagged, reader.read(tagged, overrides));
    }
    return new PhonemizedText(assembler.sentences(), assembler.spans());
  }

  /// Tokens of the text, with one for each override.
  ///
  /// @param overrides receives the phonemes of each override
  private List<Token> tokenize(
      String text, List<SpokenWord> words, List<WordPlace> places, List<String> overrides) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      WordPlace place = places.get(i);
      if (words.get(i).phonemes().isEmpty() || place.end() == place.start()) {
        continue;
      }
      tokens.addAll(model.tokenizer().tokenize(text, at, place.start()));
      String said = text.substring(place.start(), place.end());
      String ipa = words.get(i).phonemes().orElseThrow();
      overrides.add(
          ipa.isEmpty() ? alone(said) : EnglishIpa.toAlphabet(ipa, model.lexicon().accent()));
      boolean blank =
          place.end() == text.length() || Character.isWhitespace(text.charAt(place.end()));
      tokens.add(
          new Token(said.strip(), place.start(), place.end(), blank, "", overrides.size() - 1));
      at = place.end();
    }
    tokens.addAll(model.tokenizer().tokenize(text, at, text.length()));
    return tokens;
  }

  /// A word's phonemes in isolation: stressed, without punctuation.
  private String alone(String word) {
    List<Token> tokens = tag(model.tokenizer().tokenize(word, 0, word.length()));
    Sounds sounds = reader.read(tokens, List.of());
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (sounds.isSpoken(i)) {
        boolean apart = sounds.isApart(i) || (i > 0 && tokens.get(i - 1).blank());
        made.append(apart && !made.isEmpty() ? " " : "").append(sounds.phonemes(i));
      }
    }
    return switch (made.toString()) {
      case "ɐ" -> "ˈA";
      case "ðə" -> "ðˈi";
      case "ɐn" -> model.lexicon().accent() == Accent.BRITISH ? "ˈan" : "ˈæn";
      default -> Stress.PRIMARY.apply(made.toString());
    };
  }

  private List<Token> tag(List<Token> tokens) {
    List<String> tags = model.tagger().tag(tokens.stream().map(Token::text).toList());
    List<Token> tagged = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      tagged.add(tokens.get(i).withTag(tags.get(i)));
    }
    return tagged;
  }

  /// The span of words in a text without phonemes.
  static final PhonemeSpan NOWHERE = new PhonemeSpan(0, 0, 0);
}
