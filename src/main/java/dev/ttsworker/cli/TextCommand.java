package dev.ttsworker.cli;

import dev.ttsworker.Installation;
import dev.ttsworker.TextView;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// Shows how a text is read.
@Command(
    name = "text",
    description =
        "Show how a text is read: its sentences, what is said for them, and the phonemes.",
    mixinStandardHelpOptions = true)
final class TextCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TEXT",
      description =
          "What to read; - or nothing for standard input, a text a line, in which the two characters"
              + " \\n stand for a line's end.")
  private String text = STANDARD_INPUT;

  @Option(
      names = "--locale",
      paramLabel = "LOCALE",
      description = "en-US or en-GB; default: the voice's.")
  private String locale = "";

  @Option(
      names = "--voice",
      paramLabel = "ID",
      converter = ModelIdConverter.OrDefault.class,
      description = "Model id whose phonemes are shown; default: as configured.")
  private String voice = "";

  @Option(names = "--json", description = "Print one JSON object a text, a line each.")
  private boolean json;

  @Option(
      names = "--normalize",
      paramLabel = "on|off",
      description = "Whether figures and the like are written out; default: as configured.")
  private String normalize = "";

  @Mixin private final LexiconOption lexicon = new LexiconOption();

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final Output printed = new Output();

  private final JsonMapper mapper = JsonMapper.builder().build();

  @Override
  public Integer call() throws IOException {
    checkOptions();
    Installation installation = Installation.current();
    WorkerConfig settings = config.load(installation, Overrides.none());
    boolean on = normalize.isEmpty() ? settings.text().normalize() : normalize.equals("on");
    TextView.Reader reader = reader(on, settings.text().sayEmoji());
    // Phonemes need UTF-8, whatever the terminal says it is.
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    Consumer<String> warnings = warning -> System.err.println("WARN  " + warning);
    try (TextView view = new TextView(settings, installation, reader, warnings)) {
      if (text.equals(STANDARD_INPUT)) {
        readLines(view, out);
      } else {
        print(view.read(text), out);
      }
    }
    out.flush();
    return 0;
  }

  private TextView.Reader reader(boolean normalized, boolean emojiSaid) {
    try {
      return new TextView.Reader(voice, locale, normalized, emojiSaid, lexicon.entries());
    } catch (WorkerException e) {
      throw printed.misuse(e.getMessage());
    }
  }

  private void checkOptions() {
    if (!List.of("", "en-US", "en-GB").contains(locale)) {
      throw printed.misuse("--locale", locale, "en-US, en-GB");
    }
    if (!List.of("", "on", "off").contains(normalize)) {
      throw printed.misuse("--normalize", normalize, "on, off");
    }
  }

  private void readLines(TextView view, PrintWriter out) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
      print(view.read(line.replace("\\n", "\n")), out);
      if (!lines.ready()) {
        out.flush();
      }
    }
  }

  private void print(List<TextView.Sentence> sentences, PrintWriter out) {
    if (json) {
      out.println(
          mapper.writeValueAsString(
              Map.of("segments", sentences.stream().map(TextCommand::fields).toList())));
      return;
    }
    List<String> blocks = new ArrayList<>();
    for (TextView.Sentence sentence : sentences) {
      StringBuilder block = new StringBuilder();
      block.append("text      ").append(sentence.text().replace("\n", "\\n")).append('\n');
      sentence.clauses().forEach(clause -> block.append("  clause  ").append(clause).append('\n'));
      block.append("spoken    ").append(sentence.spoken().replace("\n", "\\n")).append('\n');
      block.append("phonemes  ").append(sentence.phonemes()).append('\n');
      blocks.add(block.toString());
    }
    blocks.forEach(out::println);
  }

  private static Map<String, Object> fields(TextView.Sentence sentence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", sentence.text());
    fields.put("spoken", sentence.spoken());
    fields.put("phonemes", sentence.phonemes());
    if (!sentence.clauses().isEmpty()) {
      fields.put("clauses", sentence.clauses());
    }
    return fields;
  }
}
