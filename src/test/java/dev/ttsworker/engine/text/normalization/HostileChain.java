package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.LexiconAnnotator;
import dev.ttsworker.engine.text.markup.MarkupEvent;
import dev.ttsworker.engine.text.markup.MarkupParser;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Prints the processor time of hostile texts, in ns for each character, by text, size of the
/// pieces and length; run by hand. `segments` stops where a segment is whole, `read` goes on to
/// what a voice is given; further arguments are texts to try instead of all. A run is stopped after
/// some seconds, which a `+` tells.
final class HostileChain {
  private static final long MOST_NANOS = Long.getLong("chain.most_ms", 4_000) * 1_000_000;
  private static final int[] PIECES = {1, 2, 7, Integer.MAX_VALUE};
  private static final int[] LENGTHS = {2_000, 20_000, 200_000};
  private static final List<String> UNITS =
      List.of(
          "[",
          "[a",
          "[[a",
          "[a](/",
          "[a](/b/)",
          "[pause:",
          "[pause:1ms]",
          "<",
          "<a ",
          "<a b=\"",
          "<a b='>' ",
          "<sub alias=\"",
          "<sub alias=\"x\">",
          "<sub alias=\"x\">a</sub>",
          "<!--",
          "<!-- a -->",
          "<![CDATA[",
          "<![CDATA[a]]>",
          "<!DOCTYPE [",
          "<?a ",
          "<p>",
          "<p></p>",
          "<a>",
          "</p>",
          "<prosody rate=\"2\">a ",
          "<emphasis level=\"strong\">",
          "<emphasis level=\"strong\">1</emphasis>",
          "<phoneme ph=\"a\">",
          "&",
          "&#",
          "&#x41;",
          "&amp;",
          "&#10;",
          ".[",
          "a[",
          "a.[ ",
          "你。[",
          "“",
          "!?",
          "?",
          "\u200b",
          "\u0301",
          "\n\n",
          "7,777,777 ",
          "9",
          "9999999 ",
          "Word, ",
          "a ",
          "\u2028",
          "\r",
          "∭",
          "℅",
          "Ⅷ",
          "ﷺ",
          "1e9",
          "a. ",
          "a\n",
          "a, ",
          "。");

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Lexicon lexicon =
      LexiconReader.text("nginx=engine x;gif=/dʒɪf/", "options.lexicon");
  private final Normalizer normalizer = new EnglishNormalizer(Dialect.US, Normalizers.Emoji.DROP);
  private final boolean reads;

  private HostileChain(boolean reads) {
    this.reads = reads;
  }

  static void main(String[] args) {
    HostileChain chain = new HostileChain(args.length > 0 && args[0].equals("read"));
    List<String> units =
        args.length > 1
            ? List.of(args).subList(1, args.length)
            : Stream.concat(UNITS.stream(), HostileTexts.seeds().stream()).toList();
    for (int i = 0; i < 5; i++) {
      chain.nanos("Hello there. [pause:1ms] <b> 3 km & more, ".repeat(500), 7);
    }
    double worst = 0;
    for (String start : List.of("", "<speak>")) {
      for (String unit : units) {
        worst = Math.max(worst, chain.print(start, unit));
      }
    }
    System.out.printf("worst in one-character pieces: %.0f ns%n", worst);
  }

  private double print(String start, String unit) {
    double worst = 0;
    StringBuilder line = new StringBuilder();
    for (int piece : PIECES) {
      for (int length : LENGTHS) {
        double nanos = nanos(start + unit.repeat(length / unit.length()), piece);
        worst = piece == 1 ? Math.max(worst, Math.abs(nanos)) : worst;
        line.append(String.format(Locale.ROOT, " %9.0f%s", Math.abs(nanos), nanos < 0 ? "+" : " "));
        if (nanos < 0) {
          break;
        }
      }
      line.append(" |");
    }
    System.out.printf("%-45s%s%n", (start + unit).replace("\n", "\\n"), line);
    return worst;
  }

  /// For each character; negative when it was stopped before the end.
  private double nanos(String text, int piece) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter());
    long begin = threads.getCurrentThreadCpuTime();
    int at = 0;
    while (at < text.length()) {
      int end = (int) Math.min(text.length(), (long) at + piece);
      List<MarkupEvent> pieces = new ArrayList<>(segmenter.appendText(text.substring(at, end)));
      at = end;
      if (at == text.length()) {
        pieces.addAll(segmenter.finish());
      }
      pieces.forEach(this::read);
      if (threads.getCurrentThreadCpuTime() - begin > MOST_NANOS) {
        break;
      }
    }
    double nanos = (double) (threads.getCurrentThreadCpuTime() - begin) / at;
    return at < text.length() ? -nanos : nanos;
  }

  private void read(MarkupEvent piece) {
    if (reads && piece instanceof AnnotatedSegment segment) {
      NormalizedText spoken =
          normalizer.normalize(new LexiconAnnotator(lexicon).annotate(segment.annotatedText()));
      spoken.words().forEach(word -> place(segment, word));
    }
  }

  private static void place(AnnotatedSegment segment, SpokenWord word) {
    if (segment.sourceStart((int) word.sourceStart())
        >= segment.sourceEnd((int) word.sourceEnd())) {
      throw new IllegalStateException("no place for " + word);
    }
  }
}
