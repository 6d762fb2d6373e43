package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalFullStopsTest {
  /// The language, then a whole text; `|` stands where one segment ends and the next begins.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "de Das ist z. B. gut, d. h. sehr gut.| Ja",
        "de Am 3. Mai um 14.30 Uhr.| Gut",
        "de Es kostet 3.| Dann kam er.",
        "de Der 1. Platz ging an Dr. Müller aus der 2. Liga.| Gut",
        "de Wilhelm II. war Kaiser.| Gut",
        "de Nr. 5 und S. 12 bzw. Bd. 3.| Gut",
        "de Äpfel, Birnen usw.| Dann kam Brot.",
        "de Äpfel usw. und Brot.| Gut",
        "de „Hallo.“| Dann ging er.",
        "de »Hallo.«| Dann ging er.",
        "de ‚Nein!‘| Er ging.",
        "de Die 1. oder 2. Klasse.| Gut",
        "de Jede 3. Frau, jeden 2. Tag, kein 4. Versuch.| Gut",
        "de Am 3., 4. und 5. Mai.| Gut",
        "de 2. Auflage, 3. Kapitel.| Gut",
        "de Im Jahr 1999.| Dann 2000.",
        "de Vom 3.5. bis zum 4.6.| Danach nicht.",
        "de 1. Brot kaufen\n|2. Milch holen",
        "fr M. Dupont et Mme Durand.| Bien",
        "fr Il y en a.| Mais non.",
        "fr Voir p. 12, cf. chap. 3.| Bien",
        "fr Pommes, poires, etc.| Puis du pain.",
        "fr «Bonsoir.»| Puis il partit.",
        "fr « Bonsoir. »| Puis il partit.",
        "fr « Bonsoir. »| Puis il partit.",
        "fr « Viens ! » dit-elle.| Il vint.",
        "fr Il a dit : « Viens.| Reste !| Va-t'en ? »| Puis rien.",
        "fr « Voir p. 12, etc. »| Bien.",
        "fr C'est 3.| Puis 4.",
        "fr Qu'est-ce que c'est ?| Rien !| Ah",
        "es El Sr. López y la Sra. Ruiz.| Bien",
        "es ¿Qué tal?| ¡Hola!| ¿Bien?",
        "es Dijo que no.| Luego se fue.",
        "es Vive en EE. UU. desde 2010.| Bien",
        "es Murió en el 50 a. C. en Roma.| Bien",
        "es Ver pág. 12, p. ej. hoy.| Bien",
        "es Corrió en 9,58 s.| Mide 2 m.| Llega a las 5 p. m. hoy.| Bien",
        "es «Buenas noches.»| Se fue.",
        "it Il sig. Rossi e la dott.ssa Neri, art. 5.| Bene",
        "it Pane, latte, ecc.| Poi uscì.",
        "it Ha detto di no.| Poi uscì.",
        "it «Ciao.»| Poi uscì.",
        "pt O Sr. Silva mora na Av. Paulista.| Bem",
        "pt-BR Ele disse que não.| Depois saiu.",
        "pt-PT Ver pág. 12, p. ex. hoje.| Bem",
        "nl Bijv. morgen, d.w.z. dhr. Jansen, nr. 5.| Goed",
        "nl Peren, appels, enz.| Dan brood.",
        "nl Hij zei ‘nee.’| Toen ging hij.",
        "pl Np. ul. Długa, m.in. prof. Nowak.| Dobrze",
        "pl To 3. rocznica.| Dobrze",
        "pl Dnia 3. maja 2024 r. odbył się.| Dobrze",
        "pl W 1999 r.| Potem nic.",
        "pl Jabłka, gruszki itd.| Potem chleb.",
        "pl „Dobry wieczór.”| Potem wyszedł.",
        "zh 你好。|今天3.5度，好吗？|好！",
        "ja こんにちは。|元気ですか？|はい。",
        "ar مرحبا.| كيف حالك؟| نعم.",
        "hi नमस्ते।| आप कैसे हैं?| ठीक"
      })
  void endsOnlyWhereSentencesEnd(String line) {
    int blank = line.indexOf(' ');
    List<String> expected =
        Arrays.stream(line.substring(blank + 1).split("\\|", -1)).map(String::strip).toList();
    SentenceSegmenter segmenter = new SentenceSegmenter(List.of(line.substring(0, blank)));
    String text = line.substring(blank + 1).replace("|", "");
    List<Segment> segments = new ArrayList<>();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> segments.addAll(segmenter.appendText(c, false)));
    segments.addAll(segmenter.finish());
    assertEquals(expected, segments.stream().map(s -> s.text().strip()).toList());
  }

  /// Scripts without blanks: divided after a comma near the middle, else between two characters.
  @ParameterizedTest
  @ValueSource(strings = {"今日は天気がいいので、", "今天天气很好，", "今天天气很好"})
  void longTextWithoutBlanksIsDivided(String clause) {
    String text = clause.repeat(900 / clause.length()) + "。";
    SentenceSegmenter segmenter = new SentenceSegmenter(List.of("zh"));
    List<Segment> segments = new ArrayList<>(segmenter.appendText(text));
    segments.addAll(segmenter.finish());
    assertEquals(text, String.join("", segments.stream().map(Segment::text).toList()));
    for (Segment segment : segments) {
      assertTrue(segment.text().length() <= LongSentence.MAX_CODE_POINTS, segment.text());
      boolean atComma = segment.text().endsWith(clause) || segment.text().endsWith("。");
      assertTrue(atComma || clause.length() == 6, segment.text());
    }
  }
}
