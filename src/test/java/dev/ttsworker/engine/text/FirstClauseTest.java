package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirstClauseTest {
  /// Makes any start long; no clause ends in it.
  private static final String TAIL =
      " that goes on and on for a good while without any further mark so that nobody can say that"
          + " the sentence as a whole is not a long one in the end.";

  private static final String CLAUSE = "The old man walked along the stony path,";
  private static final String REST = "and he counted every ship that passed the harbour";

  /// `|` stands where the first clause ends.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The old man walked along the path, |and he counted the ships",
        "The old man walked along the path, |and the ships in the harbour were counted by a boy",
        "The old man walked along the path, |but nobody saw him",
        "The old man walked along the path, |but I'd rather ride",
        "The old man walked along the path, |or they rode on a horse",
        "The old man walked along the path, |so we followed him",
        "The old man walked along the path, |because of the rain",
        "The old man walked along the path, |which led to a harbour",
        "The old man walked along the path, |who’s the keeper of a light",
        "The old man walked along the path, |when all at once it rained",
        "The old man walked along the path, |as he had done each day",
        "The old man walked along the path,\n|although his leg hurt",
        "THE OLD MAN WALKED ALONG THE PATH, |BECAUSE OF THE RAIN",
        "The old man walked along the path; |in the evening rain fell",
        "There is one thing to say: |rain fell",
        "The old man walked along – |slowly as ever – beside the sea",
        "The old man walked along — |slowly as ever",
        "If you want to change your address, |please press the button",
        "When the old man came home, |he counted the ships",
        "When the old man came home at last, |the ships in the harbour were there",
        "Yesterday, the old man walked along the path, |and he counted the ships",
        "The recipe calls for flour, butter, sugar, and two eggs, |but you can leave them out",
        "She ordered soup, a salad, and a whole fish, |and he had the steak",
        "My old friend John Smith, Jr., |who lives beside a lake",
        "In the year of 2019, |when it rained",
        "The old man (he is ninety) walked along the path, |because he could",
        "1) The old man walked along the path, |because he could",
        "The man called “the keeper” walked along the path, |because he could",
        "In Paris, France, there is a tower, |which is high",
        "He paid about 1,000 euros for it, |because it was old",
        "Der alte Mann ging am Strand entlang; |er zählte Schiffe",
        "我昨天下午去了河边的市场，|因为我想买一些新鲜的水果和蔬菜给我的祖母做一顿丰盛的晚饭所以我很早就出门了可是路上的车非常多",
        "ذهبت إلى السوق في الصباح؛ |لأنني أردت"
      })
  void aLongFirstSentenceIsPartedAfterAClause(String marked) {
    String[] sides = marked.split("\\|", -1);
    List<Segment> segments = Segmenting.all(List.of(sides[0] + sides[1] + TAIL));
    assertEquals(List.of(sides[0].strip(), sides[1] + TAIL), texts(segments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Well, but he is a man",
        "However, because it rained he",
        "In the end, when he came",
        "Unfortunately yesterday evening, because it rained, he",
        "He is at sea, because he",
        "He greeted the mayor of his town, and the rather old bishop, and the baker",
        "It is for my old friend John, Mary, and you",
        "When kings of spain came here, and old queens, the bishop of a town",
        "The old man walked along– slowly as ever",
        "If it rains, we stay at home",
        "The old man walked along the path and so, because he could, sang",
        "My dear old friend John, this is a story",
        "He had red, green and blue balls in a bag",
        "She has some red paint, green paint, blue paint, and the brush",
        "He knows the king of spain, the queen, and the bishop of a town",
        "He greeted the mayor of his town, and the bishop, and the baker",
        "He had a very small, but powerful engine",
        "He had a rather old, yet quick and, so to say, good car",
        "We came by way of Paris, France",
        "It was the morning of March 3, 2025",
        "This is my friend Mister Smith, Jr. of London",
        "He paid no less than 1,000,000 euros",
        "He bought a new bicycle, as well as a car",
        "The train leaves there at 10:30 or 11:45",
        "The old man (who walked there each day, because he could, and who liked it) was glad",
        "The man said: “I walked there each day, because I could; it rained, and he was glad",
        "\"I walked along the path each day,\" she said to a man",
        "\"I walked along the path each day\", she said to a man",
        "The old man walked along the path, \"because\" he could",
        "The old man walked along the path,because he could",
        "The shop is open each Monday – Friday of May",
        "The old path London–Paris or that long—winding one",
        "The score in the game was 3 : 2 or 3 – 2 or 3; 2",
        "The old man walked along the path, singing loudly",
        "The old man walked along the path, and, as he said, sang",
        "Der alte Mann ging am Strand entlang, und er zählte Schiffe",
        "Le vieil homme marchait sur la plage, mais il comptait tout",
        "El viejo caminaba por la playa, porque le gustaba",
        "我喜欢苹果、香蕉、橙子、葡萄、西瓜、草莓、樱桃、芒果、梨子、桃子、李子、杏子和其他水果"
      })
  void butNowhereElse(String start) {
    assertEquals(List.of(start + TAIL), texts(Segmenting.all(List.of(start + TAIL))));
  }

  @Test
  void aShortSentenceOrAShortRestIsNotWorthIt() {
    String full = CLAUSE + " " + REST + TAIL;
    for (int length = CLAUSE.length(); length < full.length(); length++) {
      boolean parted = Segmenting.all(List.of(full.substring(0, length))).size() > 1;
      assertEquals(length >= FirstClause.LONG, parted, length + " characters");
    }
    String late = "word ".repeat(30) + "word, because ";
    int border = late.indexOf(',') + 1;
    for (int rest = 1; rest < 60; rest++) {
      String text = late + "x".repeat(60);
      boolean parted = Segmenting.all(List.of(text.substring(0, border + rest))).size() > 1;
      assertEquals(rest > FirstClause.SHORTEST_REST, parted, rest + " characters after");
    }
  }

  @Test
  void aSentenceThatEndsInTimeIsWhole() {
    String sentence = CLAUSE + " " + REST;
    String filled = sentence + "x".repeat(FirstClause.LONG - 1 - sentence.length());
    assertEquals(1, Segmenting.all(List.of(filled + "… \n ")).size());
    assertEquals(2, Segmenting.all(List.of(filled + ". " + filled + ".")).size());
    assertEquals(2, Segmenting.all(List.of(filled + "…  And on it goes")).size());
    assertEquals(2, Segmenting.all(List.of(filled + "…  and on it goes")).size());
    assertEquals(CLAUSE, Segmenting.all(List.of(filled + "…  and on")).getFirst().text());
  }

  @Test
  void onlyTheFirstWordsOfACallAreParted() {
    String sentence = CLAUSE + " " + REST + TAIL;
    assertEquals(List.of("Yes.", sentence), texts(Segmenting.all(List.of("Yes. ", sentence))));
    assertEquals(
        List.of("?!", "…", CLAUSE, REST + TAIL, sentence),
        texts(Segmenting.all(List.of("?! …\n\n" + sentence + " " + sentence))));
    assertEquals(CLAUSE, Segmenting.all(List.of("(?! " + sentence)).get(1).text());
    String clauses = (CLAUSE + " " + REST + "; ").repeat(3).strip();
    assertEquals(
        List.of(CLAUSE, clauses.substring(CLAUSE.length() + 1)),
        texts(Segmenting.all(List.of(clauses))));
  }

  @Test
  void offsetsGoOnBehindTheClause() {
    List<Segment> segments =
        Segmenting.all(List.of(" 😀 " + CLAUSE + " \n " + REST + TAIL + " Yes."));
    Segment first = segments.get(0);
    Segment second = segments.get(1);
    assertEquals(new Segment("😀 " + CLAUSE, 1, 3 + CLAUSE.length()), first);
    assertEquals(first.end() + 3, second.start());
    assertEquals(second.start() + second.text().length(), second.end());
    assertEquals(second.end() + 1, segments.get(2).start());
  }

  /// The clause is there before the sentence has ended, and as soon as the text is long.
  @Test
  void tokensAreEnough() {
    String text = CLAUSE + " " + REST + TAIL;
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<Segment> complete = new ArrayList<>();
    int at = 0;
    while (complete.isEmpty()) {
      complete.addAll(segmenter.appendText(text.substring(at, at + 1)));
      at++;
    }
    assertEquals(List.of(new Segment(CLAUSE, 0, CLAUSE.length())), complete);
    assertEquals(FirstClause.LONG, at);
  }

  @Test
  void signsForSyllablesWeighMore() {
    String clause = "我昨天下午去了河边的市场，";
    assertEquals(2, Segmenting.all(List.of(clause + "因".repeat(12))).size());
    assertEquals(1, Segmenting.all(List.of(clause + "因".repeat(10))).size());
    assertEquals(2, Segmenting.all(List.of("저는 어제 오후에 강가에 있는 시장에; " + "가".repeat(30))).size());
    assertEquals(1, Segmenting.all(List.of("저는 어제 오후에 강가에 있는 시장에; " + "가".repeat(15))).size());
  }

  @Test
  void piecesMakeNoDifference() {
    List<String> words =
        List.of(
            "and", "he", "but", "the", "because", "which", "when", "old", "harbour", "ship,",
            "path,", "sea;", "say:", "–", "(so", "far)", "“so”", "\"", "1,000", "Dr.", "No.", "…",
            "it's", "，", "说：", "\n", "😀", "2");
    long seed = System.nanoTime();
    System.out.println("FirstClauseTest seed " + seed);
    Random random = new Random(seed);
    int parted = 0;
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "When we came to " : "");
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      List<Segment> whole = Segmenting.all(List.of(text.toString()));
      List<String> pieces = List.of(text.toString().split("(?<=[ a-z,;:(])", -1));
      String where = String.format(Locale.ROOT, "seed %d round %d", seed, round);
      assertEquals(whole, Segmenting.all(pieces), where);
      parted += isClause(whole) ? 1 : 0;
    }
    int count = parted;
    assertTrue(count > 200, () -> "parted " + count);
  }

  private static boolean isClause(List<Segment> segments) {
    return segments.size() > 1 && segments.getFirst().text().matches("(?s).*[,;:–，：]");
  }

  private static List<String> texts(List<Segment> segments) {
    return segments.stream().map(Segment::text).toList();
  }
}
