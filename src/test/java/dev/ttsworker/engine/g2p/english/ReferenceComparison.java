package dev.ttsworker.engine.g2p.english;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Comparison with the reference implementation, word by word, of sentences that
/// `scripts/record-english-pairs.py` recorded.
///
/// Usage: `ReferenceComparison DATA PAIRS [en-us|en-gb [EXAMPLES [plain]]]`; `plain` switches the
/// heteronym classifiers off, which the reference does not have.
final class ReferenceComparison {
  private final EnglishModel model;
  private final SentenceReader reader;
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, List<String>> examples = new TreeMap<>();
  private int known;
  private int equal;
  private int inGold;
  private int inGoldEqual;
  private int unknown;
  private int unknownEqual;
  private int taggedEqual;

  ReferenceComparison(EnglishModel model) {
    this.model = model;
    this.reader = new SentenceReader(model);
  }

  public static void main(String[] arguments) throws IOException {
    Accent accent = Accent.of(arguments.length > 2 ? arguments[2] : "en-us");
    int most = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
    EnglishModel model = EnglishData.open(Path.of(arguments[0])).load(accent);
    boolean plain = arguments.length > 4 && arguments[4].equals("plain");
    ReferenceComparison comparison =
        new ReferenceComparison(plain ? withoutHeteronyms(model) : model);
    comparison.compareAll(Path.of(arguments[1]), accent);
    comparison.print(most);
  }

  static EnglishModel withoutHeteronyms(EnglishModel model) {
    return new EnglishModel(
        model.tokenizer(),
        model.tagger(),
        model.lexicon(),
        model.net(),
        new Heteronyms(Heteronyms.Verbs.NONE, Map.of()));
  }

  void compareAll(Path pairs, Accent accent) throws IOException {
    JsonMapper json = JsonMapper.shared();
    for (String line : Files.readAllLines(pairs)) {
      JsonNode pair = json.readTree(line);
      compare(pair.get("text").asString(), pair.get(accent == Accent.BRITISH ? "gb" : "us"));
    }
  }

  private void compare(String text, JsonNode expected) {
    List<Token> tokens = model.tokenizer().tokenize(text, 0, text.length());
    List<String> tags = model.tagger().tag(tokens.stream().map(Token::text).toList());
    List<Token> tagged = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      tagged.add(tokens.get(i).withTag(tags.get(i)));
    }
    Sounds sounds = reader.read(tagged, List.of());
    int token = 0;
    for (JsonNode word : expected) {
      StringBuilder phonemes = new StringBuilder();
      StringBuilder own = new StringBuilder();
      StringBuilder written = new StringBuilder();
      boolean blank = false;
      while (!blank && token < tokens.size()) {
        if (sounds.isApart(token) && !phonemes.isEmpty()) {
          phonemes.append(' ');
        }
        phonemes.append(sounds.phonemes(token));
        own.append(own.isEmpty() ? "" : " ").append(tags.get(token));
        written.append(tokens.get(token).text());
        blank = tokens.get(token++).blank();
      }
      count(written.toString(), word, phonemes.toString(), own.toString());
    }
  }

  private void count(String written, JsonNode word, String phonemes, String tags) {
    String ours = bare(phonemes.replace('ɾ', 'T').replace('ʔ', 't'));
    String theirs = bare(word.get(0).asString());
    if (written.codePoints().noneMatch(Character::isLetter)) {
      return;
    }
    boolean same = ours.equals(theirs);
    if (!word.get(2).asBoolean()) {
      unknown++;
      unknownEqual += same ? 1 : 0;
      return;
    }
    known++;
    equal += same ? 1 : 0;
    if (model.lexicon().has(lower(written))) {
      inGold++;
      inGoldEqual += same ? 1 : 0;
    }
    boolean sameTags = tags.equals(word.get(1).asString());
    taggedEqual += sameTags ? 1 : 0;
    if (!same) {
      String kind = kind(written, ours, theirs, sameTags);
      kinds.merge(kind, 1, Integer::sum);
      examples
          .computeIfAbsent(kind, _ -> new ArrayList<>())
          .add(
              "%s: %s, reference %s (%s | %s)".formatted(written, ours, theirs, tags, word.get(1)));
    }
  }

  private String kind(String written, String ours, String theirs, boolean sameTags) {
    String lower = lower(written);
    if (written.chars().anyMatch(Character::isDigit)) {
      return "digits";
    }
    if (model.heteronyms().words().contains(lower)) {
      return "heteronym";
    }
    if (!model.lexicon().has(lower) && !lower.isEmpty()) {
      return model.lexicon().hasName(lower) ? "not in gold: CMUdict" : "not in gold: other";
    }
    if (ours.replaceAll("[ˈˌ]", "").equals(theirs.replaceAll("[ˈˌ]", ""))) {
      return sameTags ? "stress" : "stress, other tag";
    }
    return sameTags ? "other" : "other tag";
  }

  private static String lower(String written) {
    return written.toLowerCase(Locale.ROOT).replaceAll("^\\W+|\\W+$", "");
  }

  /// Without punctuation and blanks: those are compared nowhere.
  private static String bare(String phonemes) {
    return phonemes.replaceAll("[^\\p{L}\\p{M}ˈˌː]", "");
  }

  double share() {
    return (double) equal / known;
  }

  int known() {
    return known;
  }

  private void print(int most) {
    System.out.printf("%d known words, %.2f %% equal%n", known, 100 * share());
    System.out.printf(
        "%d in the gold lexicon as they are, %.2f %% equal%n",
        inGold, 100.0 * inGoldEqual / inGold);
    System.out.printf("%d words with the same tags%n", taggedEqual);
    System.out.printf("%d unknown words, %d equal%n", unknown, unknownEqual);
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(kind -> {
          System.out.printf("%s: %d%n", kind.getKey(), kind.getValue());
          examples.getOrDefault(kind.getKey(), List.of()).stream()
              .limit(most)
              .forEach(example -> System.out.println("    " + example));
        });
  }
}
