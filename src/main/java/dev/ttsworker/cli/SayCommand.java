package dev.ttsworker.cli;

import dev.ttsworker.Installation;
import dev.ttsworker.LocalSpeech;
import dev.ttsworker.config.reader.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Speaks a text into a WAV file, in this process or by a running worker.
@Command(
    name = "say",
    description = "Speak a text into a WAV file, in this process or by a running worker (--addr).",
    mixinStandardHelpOptions = true)
final class SayCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TEXT", description = "What to say.")
  private String text = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "WAV file to write, - for standard output; default speech.wav.")
  private Path output = Path.of("speech.wav");

  @Option(names = "--voice", paramLabel = "ID", description = "Model id; default: as configured.")
  private String voice = "";

  @Option(names = "--speed", paramLabel = "FACTOR", description = "0.5 to 2.0; default 1.")
  private double speed = 1;

  @Option(names = "--seed", paramLabel = "NUMBER", description = "The same one sounds the same.")
  private long seed = System.nanoTime();

  @Mixin private final AddressOption address = new AddressOption();

  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final Output printed = new Output();

  @Override
  public Integer call() throws IOException {
    LocalSpeech.Request request = new LocalSpeech.Request(text, voice, speed, seed);
    try (WavOutput wav = WavOutput.open(output)) {
      if (address.isGiven()) {
        new RemoteSpeech(address).speak(request, wav::write);
      } else {
        Installation installation = Installation.current();
        new LocalSpeech(config.load(installation, Overrides.none()), installation)
            .speak(request, wav::write);
      }
      if (!wav.isStandardOutput()) {
        printed.out().printf("%s: %.2f s%n", output, wav.seconds());
      }
    }
    return 0;
  }
}
