package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LexiconTest {
  private static final String FIELD = "options.lexicon";

  private static String marked(Lexicon lexicon, AnnotatedText annotated) {
    return new LexiconAnnotator(lexicon)
        .annotate(annotated).spans().stream()
            .map(span ->
                annotated.text().substring(span.start(), span.end()) + "=" + shown(span.override()))
            .collect(Collectors.joining(" "));
  }

  private static String shown(PronunciationOverride override) {
    return switch (override) {
      case PronunciationOverride.Alias alias -> alias.words();
      case PronunciationOverride.Ipa ipa -> "/" + ipa.phonemes() + "/";
      case PronunciationOverride.InterpretAs way -> way.toString();
    };
  }

  @Test
  void wordsAreFoundWholeAndByTheirCase() {
    Lexicon lexicon =
        LexiconReader.text("nginx=engine x; GIF=/dʒɪf/\nNguyen = win ;; co-op=coop", FIELD);
    assertEquals(4, lexicon.size());
    assertEquals(
        "Nginx=engine x GIF=/dʒɪf/ Nguyen=win nginx=engine x Co-op=coop",
        marked(
            lexicon,
            AnnotatedText.of("Nginx, a GIF (gif, GIFs) of Nguyen's nginx; nginx2 is a Co-op.")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Coca Cola=x | A Coca  Cola, Coca Cola's Coca and coca cola. | Coca  Cola=x Coca Cola=x",
        "new york=x;New York City=y | New York city. New York City’s | New York=x New York City=y",
        "C++=x;c=y | C, C++ and C+. | C=y C++=x C=y",
        "Yahoo!=x | Yahoo! Yahoo? | Yahoo!=x",
        "AT&T=x | AT&T at AT & T, AT&Ts | AT&T=x",
        "node.js=x;node=y | Node.js. A node.jsx node | Node.js=x node=y node=y",
        ".NET=x | ASP.NET and .NET | .NET=x",
        "rock 'n' roll=x | Rock ’n’ roll! | Rock ’n’ roll=x",
      })
  void keysMayHaveSeveralWordsAndSigns(String entries, String text, String found) {
    assertEquals(
        found,
        marked(LexiconReader.text(entries.replace("\"", ""), FIELD), AnnotatedText.of(text)));
  }

  /// In time that grows with the square of the text it would not end within this limit.
  @Test
  @Timeout(120)
  void keysOfSeveralWordsTakeTimeInProportionToTheText() {
    Lexicon lexicon = LexiconReader.text("a" + " a".repeat(28) + " b=x", FIELD);
    String text = "a ".repeat(50_000);
    assertEquals(0, new LexiconAnnotator(lexicon).spans(AnnotatedText.of(text)).spans().size());
  }

  @Test
  void marksComeBeforeTheLexicon() {
    Lexicon lexicon = LexiconReader.text("a=b", FIELD);
    AnnotatedText.Span span =
        new AnnotatedText.Span(2, 3, PronunciationOverride.InterpretAs.SPELLED);
    assertEquals("a=b a=SPELLED", marked(lexicon, new AnnotatedText("a a", List.of(span))));
  }

  @Test
  void aSessionsWordsComeBeforeTheWorkers() {
    Lexicon worker = LexiconReader.text("one=uno;two=due", FIELD);
    Lexicon both = LexiconReader.text("one=eins", FIELD).over(worker);
    assertEquals("one=eins two=due", marked(both, AnnotatedText.of("one two")));
    assertSame(worker, Lexicon.EMPTY.over(worker), "nothing is copied for a session without words");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "word | the entry \"word\"",
        "two, words=x | the word \"two, words\"",
        "&=x | the word \"&\"",
        "iPhone=/ˈaɪfoʊn/, Qwik=/kwˈɪk/ | the pronunciation of \"iPhone\"",
        "iPhone=/ˈaɪfoʊn/, Qwik=/kwˈɪk/ | with the symbols / , =",
        "Nvidia=/En\"vIdi@/ | with the symbols \" @",
        "=x | the word \"\"",
        "a= | the pronunciation of \"a\"",
        "a=/x | the pronunciation of \"a\", \"/x\"",
        "a=// | the pronunciation of \"a\", \"//\"",
        "a=/12/ | with the symbols 1 2",
        "a=/ˈ./ | IPA with at least one sound",
      })
  void whatIsWrongIsNamed(String entries, String named) {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> LexiconReader.text(entries, FIELD));
    assertEquals(ErrorCode.INVALID_FIELD, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(FIELD) && message.contains(named), message);
    assertTrue(message.contains("; allowed: "), message);
  }

  @Test
  void aSessionMayNotHaveTooMany() {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i <= LexiconReader.MOST_OF_A_SESSION; i++) {
      entries.append('w').append(i).append("=x;");
    }
    assertThrows(WorkerException.class, () -> LexiconReader.text(entries.toString(), FIELD));
  }

  @Test
  void filesAreReadAndTheirFaultsNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("lexicon.yaml");
    Files.writeString(file, "GIF: /dʒɪf/\n\"no\": nope\nfive: 5\n");
    assertEquals(
        "GIF=/dʒɪf/ no=nope five=5",
        marked(LexiconReader.file(file), AnnotatedText.of("GIF no five")));
    Files.writeString(file, "GIF: [a]\n");
    WorkerException list = assertThrows(WorkerException.class, () -> LexiconReader.file(file));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, list.code());
    assertTrue(String.valueOf(list.getMessage()).contains("the pronunciation of \"GIF\""));
    Files.delete(file);
    WorkerException missing = assertThrows(WorkerException.class, () -> LexiconReader.file(file));
    assertTrue(String.valueOf(missing.getMessage()).startsWith("text.lexicon_file"));
  }
}
