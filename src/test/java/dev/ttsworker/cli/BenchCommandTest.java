package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {
  private static String misuse(String... options) {
    StringWriter errors = new StringWriter();
    CommandLine command = AllCommands.commandLine().setErr(new PrintWriter(errors));
    List<String> arguments =
        Stream.concat(
                options[0].equals("--addr")
                    ? Stream.of("bench")
                    : Stream.of("bench", "--addr", "localhost:1"),
                Arrays.stream(options))
            .toList();
    assertEquals(2, command.execute(arguments.toArray(String[]::new)), errors.toString());
    return errors.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--load | open | --load open is not allowed; allowed: closed, conversation, barge-in, all",
        "--set | huge | --set huge is not allowed; allowed: short, mixed, long",
        "--streams | 1,0 | --streams 0 is not allowed; allowed: 1 to 1000",
        "--streams | four | four",
        "--seconds | 0 | --seconds 0 is not allowed; allowed: 1 to 3600",
        "--sentences | -1 | --sentences -1 is not allowed; allowed: 1 to",
        "--reference | lifo | --reference lifo is not allowed; allowed: fcfs, whole",
        "--addr | localhost | --addr localhost is not allowed; allowed: HOST:PORT",
        "--target | localhost:1 | allowed: NAME=URL",
        "--target | a=gopher://localhost:1 | allowed: HOST:PORT, or SCHEME://HOST:PORT with grpc, alone",
        "--target | a=localhost:1,pid=999999999999 | --target pid 999999999999 is not allowed",
        "--pid | 999999999999 | --pid 999999999999 is not allowed; allowed: the id of a running",
        "--metrics | ftp://x/y | --metrics ftp://x/y is not allowed; allowed: http://",
        "--json | /no/such/folder/x.json | --json /no/such/folder/x.json is not allowed",
        "--file | /no/such/file | --file /no/such/file: file not found"
      })
  void tellsWhatIsWrongAndWhatIsAllowed(String option, String value, String told) {
    String errors = misuse(option, value);
    assertTrue(errors.contains(told), errors);
  }

  @Test
  void usageOfAnUnknownProcessIsAMistake() {
    StringWriter errors = new StringWriter();
    CommandLine command = AllCommands.commandLine().setErr(new PrintWriter(errors));
    assertEquals(2, command.execute("bench", "--pid", "1"));
    assertTrue(errors.toString().contains("--pid and --metrics go with --addr"), errors.toString());
  }

  @Test
  void serverThatIsNotThereIsReportedAndExitsWithOne() {
    StringWriter output = new StringWriter();
    CommandLine command = AllCommands.commandLine().setOut(new PrintWriter(output));
    assertEquals(
        1, command.execute("bench", "--addr", "localhost:1", "--load", "closed", "--seconds", "1"));
    assertTrue(
        output.toString().contains("worker was not measured: localhost:1: "), output.toString());
  }
}
