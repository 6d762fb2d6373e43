package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.markup.MarkupPart.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class MarkupParserTest {
  private static final String DOCUMENT =
      """
      <?xml version="1.0"?><!DOCTYPE speak [<!ENTITY bomb "boom">]>
      <speak version="1.0" xml:lang="en-US"><p><s>One &amp; two.</s><s>Three<break
      time="250ms"/> four &lt; five &bomb;</s></p><!-- not said --><prosody rate="slow"
      volume="-6dB">Slow <emphasis>very</emphasis> slow.</prosody> <sub alias="World Wide Web">WWW</sub>
      <say-as interpret-as="characters">abc</say-as><phoneme alphabet="ipa" ph="pɪˈkɑːn">pecan</phoneme>
      <voice name="x">Other</voice> <![CDATA[a <b> & c]]></speak> After <b>.
      """;

  private final List<String> warnings = new ArrayList<>();

  private List<MarkupPart> read(String... pieces) {
    MarkupParser reader = new MarkupParser(warnings::add);
    List<MarkupPart> parts = new ArrayList<>();
    for (String piece : pieces) {
      parts.addAll(reader.appendText(piece));
    }
    parts.addAll(reader.finish());
    return parts;
  }

  /// Parts in short, text of the same kind joined.
  private static String shown(List<MarkupPart> parts) {
    StringBuilder shown = new StringBuilder();
    String open = "";
    for (MarkupPart part : parts) {
      String kind =
          switch (part) {
            case Words words -> words.override().map(MarkupParserTest::shown).orElse("plain");
            case MarkupPart.Pause pause -> "pause " + pause.length().toMillis();
            case MarkupPart.Prosody prosody ->
                "prosody %.2f %.1f".formatted(prosody.rate(), prosody.volumeDb());
          };
      if (!(part instanceof Words) || !kind.equals(open)) {
        shown.append('{').append(kind).append('}');
      }
      open = part instanceof Words ? kind : "";
      if (part instanceof Words words) {
        shown.append(words.text());
      }
    }
    return shown.toString();
  }

  private static String shown(PronunciationOverride override) {
    return switch (override) {
      case PronunciationOverride.Alias alias -> "alias " + alias.words();
      case PronunciationOverride.Ipa ipa -> "ipa " + ipa.phonemes();
      case PronunciationOverride.InterpretAs way -> way.toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Say [tomato](/təˈmɑːtəʊ/) now. | {plain}Say {ipa təˈmɑːtəʊ}tomato{plain} now.",
        "[New York](/nuː jɔːk/) | {ipa nuː jɔːk}New York",
        "It is [[ ˈwɜː.d ]]. | {plain}It is {ipa ˈwɜːd}la{plain}.",
        "One [pause:500ms] two. | {plain}One {pause 500}{plain} two.",
        "One[pause: 1.5 s]two | {plain}One{pause 1500}{plain}two",
        "[PAUSE:99s] | {pause 10000}",
        "Wait <break time=\"0.3s\"/> now | {plain}Wait {pause 300}{plain} now",
        "Wait <break/> now | {plain}Wait {pause 400}{plain} now",
        "Wait <break strength='weak'/> now | {plain}Wait {pause 200}{plain} now",
        "<sub alias=\"et cetera\">etc.</sub> | {alias et cetera}etc.",
        "<sub alias=\"a &amp; b\">x</sub> | {alias a & b}x",
        "<phoneme ph=\"tɛst\"></phoneme>! | {ipa tɛst}la{plain}!",
        "<say-as interpret-as=\"spell-out\">BBC</say-as> | {SPELLED}BBC",
        "<say-as interpret-as=\"date\">3/4/2026</say-as> | {plain}3/4/2026",
        "<emphasis level=\"strong\">very</emphasis> good | {EMPHASISED}very{plain} good",
        "<emphasis level=\"none\">not</emphasis> | {plain}not",
        "A <prosody rate=\"fast\">b</prosody> c | {plain}A {prosody 1.25 0.0}{plain}b{prosody 1.00 0.0}{plain} c",
        "<prosody rate=\"50%\" volume=\"x-loud\">b | {prosody 0.50 8.0}{plain}b",
        "<prosody rate=\"+10%\">b | {prosody 1.10 0.0}{plain}b",
        "<speak>a<b>c</b></speak> | {plain}ac{pause 0}",
        "<speak>a < b &gt; c &#65;&#x42; &nope;.</speak> | {plain}a < b > c AB .{pause 0}",
      })
  void marksAreTakenOut(String text, String expected) {
    assertEquals(expected, shown(read(text)).strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b and c > d",
        "if (x<y) return",
        "use <b>bold</b> here",
        "the <break> tag, the <emphasis> tag",
        "see </prosody> alone",
        "I <3 you",
        "ends with <",
        "ends with [",
        "[1] and [link](https://example.org/a) and ![image](/a/b.png)",
        "[home](/) and [docs](/docs/start/)",
        "[pause] [pause:soon] [pause:5] [pause:]",
        "[[wiki",
        "[[12]]",
        "[word](/ /)",
        "Fish &amp; chips &lt;",
        "not first <speak>this</speak>",
        "<!-- a comment of HTML -->",
        "[word](/two\nlines/)",
      })
  void whatOnlyLooksLikeAMarkIsText(String text) {
    List<MarkupPart> parts = read("Text. " + text);
    assertEquals("{plain}Text. " + text, shown(parts));
    assertEquals(List.of(), warnings);
  }

  @Test
  void documentsAreReadWithoutTheirEntities() {
    String shown = shown(read(DOCUMENT)).replaceAll(" +", " ");
    assertTrue(shown.contains("One & two."), shown);
    assertTrue(shown.contains("{pause 250}{plain} four < five {pause 0}"), shown);
    assertTrue(
        shown.contains("{prosody 0.80 -6.0}{plain}Slow {EMPHASISED}very{plain} slow."), shown);
    assertTrue(shown.contains("{alias World Wide Web}WWW"), shown);
    assertTrue(shown.contains("{ipa pɪˈkɑːn}pecan"), shown);
    assertTrue(shown.contains("Other a <b> & c{pause 0}{plain} After <b>."), shown);
    assertTrue(!shown.contains("boom") && !shown.contains("not said"), shown);
    assertEquals(3, warnings.size(), warnings::toString);
    assertTrue(warnings.stream().noneMatch(warning -> warning.contains("bomb")));
  }

  @Test
  void everyWordKnowsWhereItWasWritten() {
    String text = "😀 [to\u0300](/tuː/) <sub alias=\"b\">c</sub>d [[e]] f";
    int[] points = text.codePoints().toArray();
    List<String> written = new ArrayList<>();
    for (MarkupPart part : read(text)) {
      Words words = (Words) part;
      written.add(new String(points, (int) words.start(), (int) (words.end() - words.start())));
    }
    assertEquals(
        List.of("😀 ", "[to\u0300](/tuː/)", " ", "<sub alias=\"b\">c</sub>", "d ", "[[e]]", " f"),
        written);
  }

  @Test
  void piecesMakeNoDifference() {
    List<String> texts =
        List.of(
            DOCUMENT,
            "Say [tomato](/təˈmɑːtəʊ/) [pause:500ms] or [[ ˈwɜːd ]] <3 [1] <b> 😀[x](/y/)",
            "<speak>a &amp; b<prosody rate=\"slow\">c</prosody></speak><speak>d</speak>");
    long seed = System.nanoTime();
    System.out.println("MarkupParserTest seed " + seed);
    Random random = new Random(seed);
    for (String text : texts) {
      String whole = shown(read(text));
      for (int round = 0; round < 300; round++) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
          int end = Math.min(text.length(), at + 1 + random.nextInt(round % 20 + 1));
          pieces.add(text.substring(at, end));
          at = end;
        }
        assertEquals(whole, shown(read(pieces.toArray(String[]::new))));
      }
    }
  }

  @Test
  void anyTextIsReadWithoutFailureAndWithoutLoss() {
    long seed = System.nanoTime();
    System.out.println("MarkupParserTest seed " + seed);
    Random random = new Random(seed);
    List<String> tokens =
        List.of(
            "<",
            ">",
            "/",
            "[",
            "]",
            "(/",
            "/)",
            "a",
            " ",
            "&",
            ";",
            "speak",
            "<speak>",
            "</",
            "sub",
            "<sub alias=\"x\">",
            "</sub>",
            "<prosody rate=\"slow\">",
            "[[",
            "]]",
            "pause:1s",
            "<!--",
            "-->",
            "<![CDATA[",
            "<!DOCTYPE ",
            "\ud83d",
            "😀",
            "\n",
            "#65",
            "<break/>",
            "=",
            "\"");
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(tokens.get(random.nextInt(tokens.size())));
      }
      long last = 0;
      for (MarkupPart part : read(text.toString())) {
        if (part instanceof Words words) {
          assertTrue(words.start() >= last, () -> text + ": " + words);
          last = words.end();
        }
      }
      assertTrue(last <= text.codePointCount(0, text.length()));
    }
  }

  @Test
  void hostileTextCostsLittle() {
    // Each would take hours if the work grew with the square of the length.
    for (String unit :
        List.of("[", "<a ", "<speak>", "[[a", "[x](/", "<!--", "&#", "<sub alias=\"")) {
      String text = unit.repeat(100_000 / unit.length());
      read(text);
      read("<speak>" + text);
    }
    MarkupParser reader = new MarkupParser(warnings::add);
    int length = 0;
    for (int i = 0; i < 50_000; i++) {
      length += reader.appendText(i == 0 ? "<sub alias='" : "a").size();
    }
    assertTrue(length > 0);
  }

  @Test
  void mannersWithinMannersStayWithinWhatIsAllowed() {
    for (String attribute :
        List.of("volume=\"+12dB\"", "volume=\"-60dB\"", "rate=\"4\"", "rate=\"0.25\"")) {
      List<MarkupPart> parts = read("<prosody %s>a ".formatted(attribute).repeat(40) + "b");
      MarkupPart.Prosody inner =
          (MarkupPart.Prosody)
              parts.stream()
                  .filter(MarkupPart.Prosody.class::isInstance)
                  .reduce((_, last) -> last)
                  .orElseThrow();
      assertTrue(inner.rate() >= 0.25 && inner.rate() <= 4, attribute + ": " + inner);
      assertTrue(inner.volumeDb() >= -60 && inner.volumeDb() <= 12, attribute + ": " + inner);
    }
    assertEquals(
        "{prosody 1.00 12.0}{prosody 1.00 6.0}{plain}b",
        shown(
            read(
                "<prosody volume=\"+12dB\"><prosody volume=\"+12dB\">"
                    + "<prosody volume=\"-6dB\">b")));
  }

  @Test
  void elementsThatAreTooDeepMeanNothingAndEndNothing() {
    String text =
        "<prosody rate=\"2\">"
            + "<emphasis level='strong'>".repeat(40)
            + "a"
            + "</emphasis>".repeat(40)
            + "b";
    assertEquals("{prosody 2.00 0.0}{EMPHASISED}a{plain}b", shown(read(text)));
    assertEquals(1, warnings.size(), warnings::toString);
  }

  @Test
  void aTextCannotFillTheLog() {
    read("<speak>" + "<speak><audio/></nothing>&x;".repeat(1_000));
    assertEquals(4, warnings.size(), warnings::toString);
  }

  @Test
  void whatIsIgnoredIsReportedWithoutTheText() {
    read(
        "<speak><secret>a</secret><audio src=\"x\"/><prosody pitch=\"high\">b</prosody>"
            + "<prosody rate=\"secret\">c</prosody></nothing></speak>");
    assertEquals(
        List.of(
            "An unknown SSML element is ignored",
            "The SSML element audio is not supported and ignored",
            "A Piper voice has no control of prosody's pitch, which is ignored",
            "The attribute rate of SSML's prosody is not understood",
            "The end of an SSML element that is not open is ignored"),
        warnings);
  }
}
