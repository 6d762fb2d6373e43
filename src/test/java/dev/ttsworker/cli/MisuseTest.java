package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// A command line that is wrong ends with exit code 2 and says what is wrong, whatever the command
/// and the kind of mistake; a configuration that is wrong ends with 1.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MisuseTest {
  private static final String HOME = "tts.home";
  private static final String NATIVE = "tts.native.directory";

  /// Each row is a command line and a part of what it is answered with. Words are parted by blanks;
  /// `FILE` is a file, `FOLDER` a folder, `NONE` is not there, `_` a blank.
  private static final String TABLE =
      """
      no-such-command | no-such-command
      help no-such-command | no-such-command
      serve more | more
      serve --host a_b | allowed: a host name
      serve --port abc | --port: worker.grpc_port: value "abc" is not allowed; allowed: 0 or 1024..65535
      serve --port 80 | --port: worker.grpc_port: 80 is out of range; allowed: 0 or 1024..65535
      serve --port 65536 | 65536 is out of range
      serve --port -1 | -1 is out of range
      serve --port 99999999999999999999 | is out of range
      serve --port 7001.5 | "7001.5" is not allowed
      serve --port= | allowed: 0 or 1024..65535
      serve --port 1 --port 2 | --port
      serve --port 9090 | is also worker.grpc_port
      serve --device gpu | allowed: auto, cuda, webgpu, webgpu_software, cpu; did you mean cuda?
      serve --device cpuu | did you mean cpu?
      serve --log-level LOUD | allowed: DEBUG, INFO, WARNING, ERROR, CRITICAL
      serve --log_level fatal | did you mean CRITICAL?
      serve --default-model a_b | --default-model: model_manager.default_model_id: value "a b"
      serve --default_model_id ../x | allowed: a model id
      serve --preload mock,ä | value "\\u00e4" is not allowed
      serve --preload mock --preload a/b | value "a/b" is not allowed
      serve --voicepack-root FILE | allowed: a folder
      serve --voicepack_root= | allowed: a folder
      serve --config NONE --port abc | value "abc" is not allowed
      say | TEXT
      say one two | two
      say one --speed fast | --speed
      say one --speed 9 | speed is 9.0; allowed: 0.5 to 2.0
      say one --speed NaN | allowed: 0.5 to 2.0
      say one --seed x | --seed
      say one --option words | --option
      say one --option speed=1 | --option speed: say it by --speed
      say one --lexicon abc | --lexicon has the entry "abc"; allowed: word=/IPA/ or word=other words
      say one --voice a_b | model id "a b" is not allowed; allowed: 1 to 128 of a-z
      say one -o NONE/x.wav | allowed: a file in a folder that can be written to
      say one --output FOLDER | allowed: a file in a folder
      say one --addr nonsense | --addr nonsense is not allowed; allowed: HOST:PORT
      say one --addr a_b:1 | allowed: HOST:PORT
      say one --addr localhost:0 | allowed: HOST:PORT
      say one --addr localhost:70000 | allowed: HOST:PORT
      say one --addr= | allowed: HOST:PORT
      say one --port abc | --port
      say one --port 70000 | --port 70000 is not allowed; allowed: 1 to 65535
      say one --port 0 | allowed: 1 to 65535
      say one --addr localhost:1 --port 1 | --addr and --port exclude each other
      say one --port 1 --ca-file NONE | none: file not found
      say one --port 1 --token-file FOLDER | is a folder; allowed: a file
      say one --port 1 --cert-file FILE | --cert-file and --key-file go together
      say one --port 1 --key-file FILE | --cert-file and --key-file go together
      say one --port 1 --cert-file NONE --key-file FILE | --cert-file
      say one --tls | go with --addr or --port
      say one --token-file FILE | go with --addr or --port
      health more | more
      health --port abc | --port
      health --port 65536 | allowed: 1 to 65535
      health --addr ::: | allowed: HOST:PORT
      health --addr http://localhost:1 | allowed: HOST:PORT
      health --addr user@localhost:1 | allowed: HOST:PORT
      health --addr localhost:1/x | allowed: HOST:PORT
      health --ca-file NONE | --ca-file
      health --cert-file NONE | --cert-file
      health --key-file FOLDER | --key-file
      health --token-file NONE | --token-file
      text one two | two
      text --lexicon a=/1/ one | --lexicon
      text --locale xx one | allowed: en-US, en-GB, de, fr
      text --normalize maybe one | allowed: on, off
      text --voice a_b one | model id "a b" is not allowed
      voices no-such-verb | no-such-verb
      voices --voicepack-root FILE | allowed: a folder
      voices list more | more
      voices list --voicepack-root FILE | allowed: a folder
      voices list --language de | --language and --quality are for --remote
      voices list --remote --quality best | allowed: x_low, low, medium, high
      voices refresh more | more
      voices try | ID
      voices try a_b | model id "a b" is not allowed
      voices try x --text= | up to 10 texts of 1 to 500 characters
      voices try x -o FOLDER | allowed: a file in a folder that can be written to
      voices install | ID
      voices install one two | two
      voices install a_b | model id "a b" is not allowed
      voices install= | install=
      voices install x --from | --from
      voices install x --from NONE | allowed: a file or a folder
      voices install x --from FILE --from NONE | allowed: a file or a folder
      voices verify | ID
      voices verify .. | model id ".." is not allowed
      voices remove | ID
      voices remove a/b | model id "a/b" is not allowed
      voices remove x --voicepack-root FILE | allowed: a folder
      bench more | more
      bench --config CLOSED | measure a running one with --addr
      bench --load open | --load open
      bench --set huge | --set huge
      bench --file NONE | --file
      bench --streams 0 | --streams 0
      bench --streams a,b | --streams
      bench --conversations 0 | --conversations 0
      bench --seconds 3601 | 1 to 3600
      bench --seconds x | --seconds
      bench --sentences 0 | --sentences 0
      bench --seed x | --seed
      bench --json NONE/x.json | --json
      bench --html FOLDER | --html
      bench --addr localhost | --addr localhost
      bench --addr localhost:70000 | --addr localhost:70000
      bench --pid 1 | --pid and --metrics go with --addr
      bench --pid x --addr localhost:1 | --pid
      bench --pid 1 --metrics http://x/y --addr localhost:1 | exclude each other
      bench --metrics ftp://x/y --addr localhost:1 | allowed: http://
      bench --reference lifo | allowed: fcfs, whole
      bench --target x | allowed: NAME=URL
      bench --target a=localhost:99999 | allowed: HOST:PORT
      bench --default-model a_b | model id "a b" is not allowed
      bench --tls | go with --addr
      bench --ca-file NONE --addr localhost:1 | none: file not found
      bench --ca-file FILE --addr localhost:1 | is not a certificate in PEM
      bench --cert-file FILE --addr localhost:1 | --cert-file and --key-file go together
      bench --key-file FILE --addr localhost:1 | --cert-file and --key-file go together
      bench --token-file FOLDER --addr localhost:1 | is a folder
      bench --addr wyoming://localhost:1 --tls | go with a server that speaks gRPC
      bench --file FOLDER | is a folder; allowed: a file
      bench simulate more | more
      bench simulate | --cost is missing
      bench simulate --cost 11 | --cost 11 is not allowed
      bench simulate --cost 1 --first-audio-ms 0 | --first-audio-ms 0 is not allowed
      bench simulate --report NONE | --report
      bench simulate --report FOLDER | is a folder; allowed: a file
      bench simulate --addr localhost | --addr localhost
      bench simulate --cost 1 --first-audio-ms 9 --speech-rate 0 | allowed: 1 to 100
      bench simulate --cost 1 --first-audio-ms 9 --overhead-ms -1 | allowed: 0 to 10000
      bench simulate --cost 1 --first-audio-ms 9 --spread 3 | allowed: 0 to 2
      bench simulate --cost 1 --first-audio-ms 9 --load open | allowed: agent, conversation
      bench simulate --cost 1 --first-audio-ms 9 --load conversation --set huge | allowed: short, mixed, long
      bench simulate --cost 1 --first-audio-ms 9 --conversations 0 | allowed: 1 to 1000000
      bench simulate --cost 1 --first-audio-ms 9 --surge 2 | FACTOR@SECOND
      bench simulate --cost 1 --first-audio-ms 9 --barge-in 2 | allowed: 0 to 1
      bench simulate --cost 1 --first-audio-ms 9 --text-rate 0 | allowed: 1 to 1000000
      bench simulate --cost 1 --first-audio-ms 9 --user-seconds 0 | allowed: 0.1 to 3600
      bench simulate --cost 1 --first-audio-ms 9 --sentences 0 | allowed: 1 to 100
      bench simulate --cost 1 --first-audio-ms 9 --seconds 0 | allowed: 1 to 86400
      bench simulate --cost 1 --first-audio-ms 9 --warm-up -1 | allowed: 0 to 86400
      bench simulate --cost 1 --first-audio-ms 9 --workers 0 | allowed: 1 to 100000
      bench simulate --cost 1 --first-audio-ms 9 --threads 0 | allowed: 1 to 1024
      bench simulate --cost 1 --first-audio-ms 9 --policy best | allowed: round-robin
      bench simulate --cost 1 --first-audio-ms 9 --retries -1 | allowed: 0 to 100
      bench simulate --cost 1 --first-audio-ms 9 --max-wait-ms -1 | allowed: 0 to 60000
      bench simulate --cost 1 --first-audio-ms 9 --max-lead-ms 0 | allowed: 100 to 600000
      bench simulate --cost 1 --first-audio-ms 9 --fast-share 2 | allowed: 0 to 1
      bench simulate --cost 1 --first-audio-ms 9 --fast-speed 0 | allowed: 0.01 to 100
      bench simulate --cost 1 --first-audio-ms 9 --zone-loss 120 | allowed: 0 to 119
      bench simulate --cost 1 --first-audio-ms 9 --detect-ms -1 | allowed: 0 to 600000
      bench simulate --cost 1 --first-audio-ms 9 --scale x | --scale
      bench simulate --cost 1 --first-audio-ms 9 --scale-target 0 | allowed: 0.01 to 1
      bench simulate --cost 1 --first-audio-ms 9 --scale-most 0 | allowed: 1 to 100000
      bench simulate --latest-ms 0 | allowed: 1 to 60000
      bench simulate --seed x | --seed
      bench simulate --json NONE/x.json | --json
      bench simulate --svg FOLDER | --svg
      health --ca-file FILE | is not a certificate in PEM
      health --cert-file FILE --key-file FILE | is not a certificate in PEM
      test-connection more | more
      test-connection --addr ::: | allowed: HOST:PORT
      test-connection --port 0 | allowed: 1 to 65535
      test-connection --model a_b | model id "a b" is not allowed
      test-connection --text= --timeout 0 | more than 0
      test-connection --timeout NaN | more than 0
      test-connection --timeout x | --timeout
      test-connection --redis http://x | --redis has a value that is not allowed; allowed: redis://
      test-connection --name= --timeout 0 | more than 0
      test-connection --ca-file NONE | none: file not found
      test-connection --cert-file NONE | none: file not found
      test-connection --key-file FOLDER | is a folder
      test-connection --token-file NONE | none: file not found
      preflight FILE --config FILE | exclude each other
      check-config FILE more | more
      preflight FILE more | more
      """;

  /// Anything goes there, or what is wrong with it shows later: `--config` names a configuration,
  /// which is another kind of failure.
  private static final Set<String> FREE = Set.of("--config", "--adapter");

  /// Made once: each run of a command begins with the defaults of its options.
  private static final CommandLine ALL = AllCommands.commandLine();

  @TempDir static Path folder;
  private static final Map<String, String> before = new TreeMap<>();

  @BeforeAll
  static void installHere() throws IOException {
    for (String property : List.of(HOME, NATIVE)) {
      before.put(property, System.getProperty(property, ""));
    }
    System.setProperty(HOME, Path.of("").toAbsolutePath().toString());
    System.setProperty(NATIVE, folder.toString());
    Files.writeString(folder.resolve("file"), "one");
    Files.writeString(folder.resolve("tokens"), "a-token-of-the-tests-0123456789");
    Files.writeString(folder.resolve("closed.yaml"), "auth: {tokens_file: tokens}");
  }

  @AfterAll
  static void restore() {
    before.forEach((property, value) -> {
      if (value.isEmpty()) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, value);
      }
    });
  }

  static Stream<String> rows() {
    return TABLE.lines();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void wrongCommandLineEndsWithTwo(String row) {
    String[] parts = row.split(" \\| ", 2);
    String errors = misuse(words(parts[0]));
    assertTrue(errors.contains(parts[1]), errors);
  }

  @Test
  void addressOfSayHasNoDefault() {
    for (String name : List.of("say", "health", "test-connection")) {
      String help = Objects.requireNonNull(ALL.getSubcommands().get(name)).getUsageMessage();
      assertEquals(!name.equals("say"), help.contains("localhost:7001"), help);
    }
  }

  @Test
  void everyCommandHasHelp() {
    for (List<String> path : commands()) {
      if (!path.equals(List.of("help"))) {
        StringWriter out = new StringWriter();
        ALL.setOut(new PrintWriter(out, true));
        assertEquals(0, ALL.execute(with(path, "--help")), String.join(" ", path));
        assertTrue(out.toString().contains(String.join(" ", path)), out.toString());
      }
    }
  }

  @Test
  void commandWithoutAVerbEndsWithTwo() {
    misuse();
  }

  /// Of every command: an option that it does not know, and each of its options without a value. A
  /// spelling of an option is no case of its own.
  @Test
  void unknownOptionsAndMissingValuesEndWithTwo() {
    for (List<String> path : commands()) {
      misuse(with(path, "--no-such-option"));
      for (OptionSpec option : options(path)) {
        misuse(with(path, option.longestName()));
      }
    }
  }

  /// Who adds an option with a value adds a row with a wrong one.
  @Test
  void everyOptionWithAValueHasARow() {
    for (List<String> path : commands()) {
      Set<String> missing = new TreeSet<>();
      for (OptionSpec option : options(path)) {
        boolean tried =
            rows()
                .map(row -> List.of(words(row.split(" \\| ", 2)[0])))
                .filter(line -> line.size() > path.size())
                .filter(line -> line.subList(0, path.size()).equals(path))
                .anyMatch(
                    line -> Arrays.stream(option.names()).anyMatch(name -> names(line, name)));
        if (!tried && !FREE.contains(option.longestName()) && !option.inherited()) {
          missing.add(option.longestName());
        }
      }
      assertEquals(Set.of(), missing, String.join(" ", path));
    }
  }

  /// What serve does is tried in [CommandLineIT]: it sets the logging of its process up.
  @Test
  void wrongConfigurationEndsWithOne() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "worker: {grpc_port: abc}");
    for (String command : List.of("check-config", "say x", "text x", "voices list", "bench")) {
      String[] line = with(List.of(command.split(" ")), "--config", broken.toString());
      StringWriter errors = new StringWriter();
      assertEquals(1, execute(errors, line), errors.toString());
      assertTrue(errors.toString().contains("broken.yaml:1: worker.grpc_port"), errors.toString());
      assertFalse(errors.toString().contains("Usage:"), errors.toString());
    }
    StringWriter errors = new StringWriter();
    assertEquals(1, execute(errors, "check-config", folder.resolve("none").toString()));
    assertTrue(errors.toString().contains("none: does not exist"), errors.toString());
  }

  private static boolean names(List<String> line, String name) {
    return line.stream().anyMatch(word -> word.equals(name) || word.startsWith(name + "="));
  }

  private static String[] words(String line) {
    return Arrays.stream(line.split(" "))
        .map(word ->
            word.replace("CLOSED", folder.resolve("closed.yaml").toString())
                .replace("FILE", folder.resolve("file").toString())
                .replace("FOLDER", folder.toString())
                .replace("NONE", folder.resolve("none").toString()))
        .map(word -> word.startsWith("--") ? word : word.replace('_', ' '))
        .toArray(String[]::new);
  }

  private static String[] with(List<String> path, String... more) {
    return Stream.concat(path.stream(), Arrays.stream(more)).toArray(String[]::new);
  }

  /// Every command as it is typed; scripts that read their arguments themselves are left out, and
  /// tried in [CommandLineIT].
  private static List<List<String>> commands() {
    List<List<String>> found = new ArrayList<>();
    collect(ALL, List.of(), found);
    assertTrue(found.contains(List.of("voices", "install")), found.toString());
    return found;
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
    if (command.getCommandSpec().unmatchedArgsBindings().isEmpty()
        && !path.equals(List.of("help"))) {
      found.add(path);
    }
    command
        .getSubcommands()
        .forEach((name, child) ->
            collect(child, Stream.concat(path.stream(), Stream.of(name)).toList(), found));
  }

  /// Those that take a value.
  private static List<OptionSpec> options(List<String> path) {
    CommandLine command = ALL;
    for (String name : path) {
      command = Objects.requireNonNull(command.getSubcommands().get(name));
    }
    return command.getCommandSpec().options().stream()
        .filter(option -> option.arity().min() > 0)
        .toList();
  }

  private static String misuse(String... line) {
    StringWriter errors = new StringWriter();
    assertEquals(2, execute(errors, line), String.join(" ", line) + ": " + errors);
    assertFalse(errors.toString().contains("\tat "), errors.toString());
    return errors.toString();
  }

  private static int execute(StringWriter errors, String... line) {
    ALL.setOut(new PrintWriter(new StringWriter()));
    ALL.setErr(new PrintWriter(errors, true));
    return Commands.execute(ALL, line);
  }
}
