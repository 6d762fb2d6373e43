package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole texts by the language; `|` stands where one segment ends and the next begins.
final class LocalAbbreviationsTest {
  private static final String PIECES = "(?= )|(?=\\.)|(?<=\\.)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Er starb 44 v. Chr. in Rom.| Gut",
        "Das war 500 v. Chr.| Danach kam 50 n. Chr.| Ende",
        "Im 5. Jahrhundert v. Chr. war das so.| Dann nicht.",
        "Die Hauptstr. 15 und die Bergstr. in Köln.| Gut",
        "Im II. Weltkrieg, nicht im I. Weltkrieg.| Gut",
        "Es waren rd. 200 Leute.| Gut",
        "Siehe S. 12 ff. dort, S. 5 f. und Tab. 1.| Gut",
        "Bestellnr. 4711, Kunden-Nr. 12, Steuernr. 5 und Versicherungsscheinnr. 9.| Gut",
        "Die Fa. Müller & Co. KG und Fam. Meier.| Gut",
        "Das ist i. d. R. so, u. U. auch i. V. m. § 3 und z. Zt. nicht.| Gut",
        "Frankfurt a. M. ist groß.| Danach Bad Honnef a. Rh. am Fluss.| Gut",
        "Am 3. u. 4. Mai, vom 1. bis 3. Mai.| Gut",
        "Beethovens 9. Sinfonie und seine 5. Symphonie.| Gut",
        "Mahlers 2. Satz als 1. Vorsitzender.| Gut",
        "Der 1.000. Besucher kam (Kap. IV) an.| Gut",
        "Das ist o. g. Haus, m. W. auch d. J. Schmidt.| Gut",
        "Lucas Cranach d. Ä. malte.| Gut",
        "Er kam im Okt. 2020 und am 3. Okt. wieder.| Gut",
        "Nach 3 Std. Fahrt und 20 Min. Pause.| Gut",
        "Das kostet 5 Mio. Euro.| Danach nichts.",
        "Es kostet 5 Mio.| Danach nichts.",
        "Der Autor C. Schmidt schrieb.| Gut",
        "Ludwig I.| Dann kam Ludwig II.| Danach keiner.",
        "Das war 1990.| Danach war Ruhe.",
        "Das war 1990.| Peter ging.",
        "Er kam am 3.| Dann ging er.",
        "Das Spiel endete 3:2.| Bayern siegte.",
        "Es wiegt 2,5.| Peter staunt.",
        "Mo.-Fr. 9 bis 17 Uhr, Abschn. 3 der Techn. Universität.| Gut",
        "Mo. bis Fr. ab 9 Uhr, am Sa. Ruhetag.| Gut",
        "Prof. Dr. med. Müller und Dipl.-Ing. Schmidt aus St. Gallen.| Gut",
        "Okt./Nov. 2020 in der Friedrich-Ebert-Str. 5 am Hbf. Mainz.| Gut",
        "Die 1.–3. Klasse, die 3. Aufl. Berlin 1990.| Gut",
        "Das kostet 5 € inkl. MwSt.| Danach mehr.",
        "Am 10. Okt. 2020, in 3. Generation.| Gut",
        "Es waren 25.| Peter ging.",
        "Das ist so.| Danach nicht.",
        "Von dieser Art.| Dann gilt Art. 5.| Ja",
        "Er hat einen Pkw.| Das reicht.",
        "Das war im Dez.| Dann kam der Jan.| Aber kalt.",
        "Er wählte Plan B.| Dann ging er.",
        // A street without a number before a pronoun: the sentence ends more often than not.
        "Sie wohnt in der Hauptstr.| Er nicht.",
        // Before a noun that starts no sentence by itself an abbreviation goes on more often.
        "Sie wohnt in der Hauptstr. Berlin ist groß.| Gut",
        "Er kam am 9. Peter ging.| Gut",
        // After the years of an era a noun starts a sentence: the verb stands second.
        "Er starb 44 v. Chr.| Rom trauerte."
      })
  void german(String text) {
    assertSegments("de", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mort en 50 ap. J.-C. à Rome.| Bien",
        "Né en 44 av. J.-C.| Puis mort en 12 apr. J.-C.| Fin",
        "M. et Mme Durand, MM. Blanc et Noir, Me Petit.| Bien",
        "Mgr. Dupont et le Dr. Martin, St. Jean.| Bien",
        "Il habite 12 av. Foch, puis bd. Voltaire.| Bien",
        "Voir fig. 3, tabl. 2, art. 5, vol. 1 et p. 12 sq. dans le livre.| Bien",
        "Le 3 janv. 2024 et le 5 déc. prochain.| Bien",
        "Lun. 3 mars, sam. 5 avril.| Bien",
        "C.-à-d. demain, p. ex. à midi.| Bien",
        "Env. 200 personnes, max. 300.| Bien",
        "Le gén. Leclerc et le col. Moutarde.| Bien",
        "Il a 3 ch. et un appt. 12.| Bien",
        "Il vint en déc.| Puis il partit.",
        "J. Dupont et J.-P. Martin.| Bien",
        "La vitamine C.| Elle est utile.",
        "Il y en a.| M. Dupont aussi.",
        "Vas-y.| Elle attend.",
        "C'est le no. 5.| Et non.",
        "C'est de l'art.| Paul aime.",
        "Il aime la mer.| Jean non.",
        "C'était en 1990.| C'est fini.",
        "Des pommes, etc.| Puis du pain.",
        // A year of an era before a name: a comma would stand there within a sentence.
        "Il mourut en 44 av. J.-C.| Rome pleura."
      })
  void french(String text) {
    assertSegments("fr", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "El siglo V a. C. fue largo.| Bien",
        "En el siglo I d. C. hubo paz, en el 50 a.C. no.| Bien",
        "Murió en el 44 a. C.| Luego hubo guerra.",
        "Vive en la Av. de Mayo, en la Avda. Goya y en la Pza. Mayor.| Bien",
        "La C. de Alcalá, el Dr. Ruiz y D. Juan.| Bien",
        "Ver la fig. 3, el cap. IV, el art. 5 y las págs. 12 y 13.| Bien",
        "El 3 ene. 2024, lun. 5 de mayo.| Bien",
        "El 3 mar. 2024 llegó.| Bien",
        "Vive junto al mar.| María no.",
        "Es del dpto. de ventas, tel. 123.| Bien",
        "El gral. Franco y el cnel. Ruiz.| Bien",
        "Sto. Tomás y Sta. Ana.| Bien",
        "Trabaja en Ruiz y Cía. de Madrid.| Bien",
        "En EE. UU. viven muchos.| Luego no.",
        "Máx. 3, mín. 2 y aprox. 5.| Bien",
        "Llega a las 5 p. m.| Luego sale.",
        "Vino en dic.| Luego se fue.",
        "Vive en la Av. ¿Dónde?| Aquí.",
        "Vino en dic.| ¿Quién?| Él.",
        "La vitamina C.| Es buena.",
        "Felipe V.| Luego Carlos.",
        "Fue en 1990.| Pedro nació.",
        "J. L. Borges y M. de Cervantes.| Bien",
        // A year of an era before a name: a comma would stand there within a sentence.
        "Murió en el 44 a. C.| Roma lloró."
      })
  void spanish(String text) {
    assertSegments("es", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nel V sec. a. C. e nel I d. C. ad Atene.| Bene",
        "Morì nel 44 a.C. a Roma.| Bene",
        "Morì nel 44 a. C.| Poi ci fu guerra.",
        "Il sig. Rossi, la sig.ra Neri e il dott. Verdi.| Bene",
        "Abita in v.le Mazzini, p.za Navona e c.so Italia.| Bene",
        "Vedi fig. 3, tab. 2, art. 5, cap. IV e pag. 12.| Bene",
        "Il 3 gen. 2024, lun. 5 maggio.| Bene",
        "Il 3 set. 2024 arriva.| Bene",
        "Vince il primo set.| Maria perde.",
        "Ad es. domani, p. es. alle 5.| Bene",
        "La FIAT S.p.A. di Torino.| Bene",
        "L'avv. Bianchi e l'ing. Neri, S. Francesco.| Bene",
        "L'on. Bianchi e l'art. 3 Cost. sono noti.| Bene",
        "Max. 3 persone, ca. 5 km.| Bene",
        "Il tel. 123, il n. 5 e il cod. 7.| Bene",
        "Arriva a dic.| Poi parte.",
        "Non so dov'è.| Poi parte.",
        "La vitamina C.| È buona.",
        "Pio X.| Poi Benedetto.",
        "Era il 1990.| Marco nacque.",
        "G. Di Stefano e U. Eco.| Bene",
        // A year of an era before a name: a comma would stand there within a sentence.
        "Morì nel 44 a. C.| Roma pianse."
      })
  void italian(String text) {
    assertSegments("it", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O século V a. C. foi longo.| Bem",
        "No séc. I d. C. em Roma, em 50 a.C. não.| Bem",
        "Morreu em 44 a. C.| Depois houve guerra.",
        "Mora na Av. Paulista, na R. Augusta e no Lgo. do Carmo.| Bem",
        "O Sr. Silva, a Sra. Costa e o Eng. Reis.| Bem",
        "Ver fig. 3, tab. 2, art. 5, cap. IV e págs. 12 e 13.| Bem",
        "Em 3 jan. 2024, sáb. 5 de maio.| Bem",
        "Em 3 mar. 2024 chegou.| Bem",
        "Mora junto ao mar.| Maria não.",
        "O que ele vai ter.| Maria não.",
        "P. ex. hoje, aprox. 5.| Bem",
        "S. Paulo e Sto. Antônio.| Bem",
        "O gen. Costa e o cel. Reis.| Bem",
        "Silva & Cia. de Lisboa, Reis Ltda. do Porto.| Bem",
        "Máx. 3, apto. 12, tel. 123.| Bem",
        "Sei quem é.| Pedro não.",
        "Comprou-o.| Depois saiu.",
        "Veio em dez.| Depois saiu.",
        "A vitamina C.| Ela é boa.",
        "João V.| Depois José.",
        "Foi em 1990.| Pedro nasceu.",
        // A year of an era before a name: a comma would stand there within a sentence.
        "Morreu em 44 a. C.| Roma chorou."
      })
  void portuguese(String text) {
    assertSegments("pt", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "In 44 v. Chr. stierf hij, in 50 n.Chr. ook.| Goed",
        "Hij stierf in 44 v. Chr.| Daarna kwam oorlog.",
        "Dhr. Jansen, mevr. De Vries en drs. Smit.| Goed",
        "De Kerkstr. 15 en huisnr. 12.| Goed",
        "Zie blz. 12, fig. 3, tab. 2, art. 5 en hfst. IV.| Goed",
        "Op 3 jan. 2024, ma. 5 mei.| Goed",
        "O.a. morgen, m.n. in de stad, i.p.v. thuis.| Goed",
        "De fa. Smit, fam. Bos en St. Nicolaas.| Goed",
        "Ca. 200 mensen, max. 300.| Goed",
        "Het kost 5 mln. euro.| Daarna niets.",
        "De gem. Utrecht en de prov. Utrecht.| Goed",
        "Tel. 06, nr. 5, nrs. 6 en 7.| Goed",
        "Hij kwam in okt.| De man ging.",
        "Dat is zo.| Jan gaat.",
        "Hij is lid.| Piet niet.",
        "Wat wil hij doen, wat hij al do.| Piet niet.",
        "Ik dank u.| Jan ook.",
        "Vitamine C.| Het is goed.",
        "Het was in 1990.| Piet ging.",
        "J. De Vries en J. van Dam.| Goed",
        // A year of an era before a name: within a sentence the verb would follow.
        "Hij stierf in 44 v. Chr.| Rome treurde."
      })
  void dutch(String text) {
    assertSegments("nl", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To 5 proc. ceny i 3 proc. PKB.| Dobrze",
        "Firma ABC sp. z o.o. działa, XYZ sp. z o. o. też.| Dobrze",
        "Wyrok z dn. 3 maja.| Dobrze",
        "W 1410 r. Polska wygrała.| Dobrze",
        "W XX w. Polska istniała.| Dobrze",
        "Było to w XX w.| Potem nie.",
        "W 44 r. p.n.e. zmarł, w 50 r. n. e. nie.| Dobrze",
        "Zmarł w 44 r. p.n.e.| Potem była wojna.",
        "Ul. Długa 5, al. Jana Pawła II, pl. Zamkowy.| Dobrze",
        "Prof. Nowak, dr. Kowalski, ks. Jan i św. Anna.| Dobrze",
        "Zob. rys. 3, tab. 2, art. 5, ust. 1, rozdz. IV i str. 12.| Dobrze",
        "To 5 tys. Polaków i 3 mln. osób.| Dobrze",
        "To 5 tys.| Potem nic.",
        "M. in. tu, tzw. Zamek, ok. 200 osób.| Dobrze",
        "To 3. rocznica, 1. Liga i 2. Dywizja.| Dobrze",
        "W pon. 5 maja, o godz. 5 w im. Jana.| Dobrze",
        "Dał im.| Potem poszedł.",
        "Wszystko ok.| Teraz dobrze.",
        "Gen. Anders i płk. Nowak.| Dobrze",
        "Było ich 25.| Jan poszedł.",
        "To było w 1990.| Jan poszedł.",
        "Witamina C.| Jest dobra.",
        "Jan III.| Potem August II.| Koniec",
        // A month by its name in small letters follows a day; a name starts a sentence.
        "Był dnia 3. maja.| Jan nie."
      })
  void polish(String text) {
    assertSegments("pl", text);
  }

  /// The end of a chunk right after the full stop decides as little as it does in English.
  @ParameterizedTest
  @ValueSource(
      strings = {"Das ist gut.|", "Er kam am 3.", "Er starb 44 v.", "In der Hauptstr.", "Plan B."})
  void chunkEndDecidesOnlyAfterWords(String text) {
    SentenceSegmenter segmenter = new SentenceSegmenter(List.of("de"));
    int ended = segmenter.appendText(text.replace("|", ""), true).size();
    assertEquals(text.endsWith("|") ? 1 : 0, ended);
    assertEquals(1 - ended, segmenter.finish().size());
  }

  /// By characters, as a whole, and by tokens whose ends may end a sentence too.
  private static void assertSegments(String language, String line) {
    List<String> expected = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    String text = line.replace("|", "");
    assertEquals(expected, segments(language, List.of(text.split("", -1)), false), "characters");
    assertEquals(expected, segments(language, List.of(text), false), "whole");
    assertEquals(expected, segments(language, List.of(text.split(PIECES, -1)), true), "tokens");
  }

  private static List<String> segments(String language, List<String> pieces, boolean ends) {
    SentenceSegmenter segmenter = new SentenceSegmenter(List.of(language));
    List<Segment> segments = new ArrayList<>();
    pieces.forEach(piece -> segments.addAll(segmenter.appendText(piece, ends)));
    segments.addAll(segmenter.finish());
    return segments.stream().map(segment -> segment.text().strip()).toList();
  }
}
