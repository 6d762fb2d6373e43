package dev.ttsworker.cli;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Command `say`: speaks a text into a WAV file, in this process or by a running worker.
@Command(
    name = "say",
    description = "Speak a text into a WAV file, in this process or by a running worker (--addr).",
    mixinStandardHelpOptions = true)
final class SayCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  /// Options of a session that have an option of the command.
  private static final List<String> OWN_OPTIONS = List.of("speed", "seed", "lexicon");

  @Parameters(index = "0", paramLabel = "TEXT", description = "What to say.")
  private String text = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "WAV file to write, - for standard output; default speech.wav.")
  private Path output = Path.of("speech.wav");

  @Option(
      names = "--voice",
      paramLabel = "ID",
      converter = ModelIdConverter.OrDefault.class,
      description = "Model id; default: as configured.")
  private String voice = "";

  @Option(names = "--speed", paramLabel = "FACTOR", description = "0.5 to 2.0; default 1.")
  private double speed = 1;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Seed of the random noise; the same seed gives the same audio.")
  private long seed = System.nanoTime();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Further option of a session (proto/README.md); may be given several times.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Mixin private final OptionalAddress address = new OptionalAddress();

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final LexiconOption lexicon = new LexiconOption();

  @Mixin private final Output printed = new Output();

  @Override
  public Integer call() throws IOException {
    LocalSpeech.Request request = request();
    Optional<WorkerAddress> worker = address.chosen(printed);
    if (!output.equals(STANDARD_OUTPUT)) {
      printed.checkWritable("--output", output);
    }
    if (text.isBlank()) {
      printed.err().println("tts-worker: there is nothing to say: the text is empty");
      return ExitCode.SOFTWARE;
    }
    try (WavOutput wav = new WavOutput(output)) {
      speak(request, worker, wav);
      if (!wav.isStandardOutput()) {
        printed.out().printf("%s: %.2f s%n", output, wav.seconds());
      }
      if (wav.holdsNothing() && text.codePoints().noneMatch(Character::isLetterOrDigit)) {
        printed.err().println("tts-worker: there is nothing to say in this text");
        return ExitCode.SOFTWARE;
      }
    }
    return ExitCode.OK;
  }

  private LocalSpeech.Request request() {
    for (String key : OWN_OPTIONS) {
      if (options.containsKey(key)) {
        throw printed.misuse("--option " + key + ": say it by --" + key);
      }
    }
    try {
      return new LocalSpeech.Request(text, voice, speed, seed, lexicon.entries(), options);
    } catch (WorkerException e) {
      throw printed.misuse(e.getMessage());
    }
  }

  private void warn(String warning) {
    printed.err().println("WARN  " + warning);
  }

  private void speak(LocalSpeech.Request request, Optional<WorkerAddress> worker, WavOutput wav) {
    if (worker.isPresent()) {
      new RemoteSpeech(worker.get(), printed).speak(request, wav, this::warn);
    } else {
      Installation installation = Installation.current();
      new LocalSpeech(config.load(installation, Overrides.none()), installation)
          .speak(request, wav, this::warn);
    }
  }
}
