package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.TextSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.ExplainRequest;
import dev.ttsworker.engine.ExplainedSentence;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.TextExplainer;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.VoicepackStore;
import dev.ttsworker.voices.InstalledModels;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// Command `text`: shows how a text is analysed.
@Command(
    name = "text",
    description =
        "Show how a text is read: its sentences, what is said for them, and the phonemes.",
    mixinStandardHelpOptions = true)
final class TextCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final String AMERICAN = "en-US";
  private static final List<String> LOCALES =
      List.of("en-US", "en-GB", "de", "fr", "es", "es-MX", "it", "pt-BR", "pt-PT", "nl", "pl");

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
      description = "Language, such as en-US, en-GB, de or pt-BR; default: the voice's.")
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

  @Override
  public Integer call() throws IOException {
    checkOptions();
    Installation installation = Installation.current();
    WorkerConfig settings = config.load(installation, Overrides.none());
    Lexicon own = lexicon();
    Optional<Voicepack> voicepack = voicepack(settings.models(), installation);
    // Phonemes need UTF-8, whatever the terminal says it is.
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    Consumer<String> warnings = warning -> System.err.println("WARN  " + warning);
    try (TextExplainer explainer =
        TextExplainer.open(
            EngineOptions.of(settings, installation),
            new ExplainRequest(voicepack, languages(voicepack), textOptions(settings.text(), own)),
            warnings)) {
      if (text.equals(STANDARD_INPUT)) {
        readLines(explainer, out);
      } else {
        print(explainer.explain(text), out);
      }
    }
    out.flush();
    return 0;
  }

  private Lexicon lexicon() {
    try {
      return Lexicons.read(lexicon.entries());
    } catch (WorkerException e) {
      throw printed.misuse(e.getMessage());
    }
  }

  private TextOptions textOptions(TextSettings settings, Lexicon own) {
    TextOptions configured = TextOptions.of(settings);
    boolean normalized = normalize.isEmpty() ? configured.normalized() : normalize.equals("on");
    return new TextOptions(
        normalized, configured.emojiSaid(), configured.markup(), own.over(configured.lexicon()));
  }

  /// Empty where only a locale was asked for.
  private Optional<Voicepack> voicepack(ModelSettings settings, Installation installation) {
    if (voice.isEmpty() && !locale.isEmpty()) {
      return Optional.empty();
    }
    VoicepackStore store = new VoicepackStore(settings.voicepackRoot(), installation.ownVoices());
    InstalledModels models = new InstalledModels(settings, store::scan);
    return voice.isEmpty()
        ? models.find(settings.defaultModelId())
        : Optional.of(models.voicepack(voice));
  }

  private List<String> languages(Optional<Voicepack> voicepack) {
    return locale.isEmpty()
        ? voicepack.map(Voicepack::languages).orElse(List.of(AMERICAN))
        : List.of(locale);
  }

  private void checkOptions() {
    if (!locale.isEmpty() && !LOCALES.contains(locale)) {
      throw printed.misuse("--locale", locale, String.join(", ", LOCALES));
    }
    if (!List.of("", "on", "off").contains(normalize)) {
      throw printed.misuse("--normalize", normalize, "on, off");
    }
  }

  private void readLines(TextExplainer explainer, PrintWriter out) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
      print(explainer.explain(line.replace("\\n", "\n")), out);
      if (!lines.ready()) {
        out.flush();
      }
    }
  }

  private void print(List<ExplainedSentence> sentences, PrintWriter out) {
    if (json) {
      out.println(
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of("segments", sentences.stream().map(TextCommand::fields).toList())));
      return;
    }
    List<String> blocks = new ArrayList<>();
    for (ExplainedSentence sentence : sentences) {
      StringBuilder block = new StringBuilder();
      block.append("text      ").append(sentence.text().replace("\n", "\\n")).append('\n');
      sentence.clauses().forEach(clause -> block.append("  clause  ").append(clause).append('\n'));
      block.append("spoken    ").append(sentence.verbalized().replace("\n", "\\n")).append('\n');
      block.append("phonemes  ").append(sentence.phonemes()).append('\n');
      blocks.add(block.toString());
    }
    blocks.forEach(out::println);
  }

  private static Map<String, Object> fields(ExplainedSentence sentence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", sentence.text());
    fields.put("spoken", sentence.verbalized());
    fields.put("phonemes", sentence.phonemes());
    if (!sentence.clauses().isEmpty()) {
      fields.put("clauses", sentence.clauses());
    }
    return fields;
  }
}
