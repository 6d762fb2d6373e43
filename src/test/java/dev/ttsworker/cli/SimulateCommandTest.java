package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SimulateCommandTest {
  private static final List<String> COSTS = List.of("--cost", "0.03", "--first-audio-ms", "35");

  @TempDir Path folder;

  private static String run(int expected, Stream<String> options) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    CommandLine command = AllCommands.commandLine().setOut(out).setErr(out);
    List<String> words = Stream.concat(Stream.of("bench", "simulate"), options).toList();
    assertEquals(expected, command.execute(words.toArray(String[]::new)), text.toString());
    return text.toString();
  }

  private static String simulate(String... options) {
    return run(0, Stream.concat(COSTS.stream(), Arrays.stream(options)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers | 2,0 | --workers 0 is not allowed; allowed: 1 to 100000",
        "--workers | few | few",
        "--threads | 0 | --threads 0 is not allowed; allowed: 1 to 1024",
        "--policy | best | --policy best is not allowed; allowed: round-robin, least-request, orca,"
            + " two-choices, hash, all",
        "--retries | -1 | --retries -1 is not allowed; allowed: 0 to 100",
        "--load | closed | --load closed is not allowed; allowed: agent, conversation",
        "--conversations | 0 | --conversations 0 is not allowed; allowed: 1 to 1000000",
        "--barge-in | 1.5 | --barge-in 1.5 is not allowed; allowed: 0 to 1",
        "--surge | twice | --surge twice is not allowed; allowed: FACTOR@SECOND",
        "--surge | 0.5@10 | --surge 0.5@10 is not allowed; allowed: FACTOR@SECOND",
        "--seconds | 0 | --seconds 0 is not allowed; allowed: 1 to 86400",
        "--warm-up | -1 | --warm-up -1 is not allowed; allowed: 0 to 86400",
        "--zone-loss | 120 | --zone-loss 120 is not allowed; allowed: 0 to 119",
        "--zone-loss | 10 | --zone-loss 10 is not allowed; allowed: with --workers of 2 or more",
        "--scale | 15,4000 | --scale 4000 is not allowed; allowed: 0 to 3600",
        "--scale-target | 0 | --scale-target 0 is not allowed; allowed: 0.01 to 1",
        "--fast-share | NaN | --fast-share NaN is not allowed; allowed: 0 to 1",
        "--spread | 3 | --spread 3 is not allowed; allowed: 0 to 2",
        "--latest-ms | 0 | --latest-ms 0 is not allowed; allowed: 1 to 60000",
        "--max-wait-ms | -1 | --max-wait-ms -1 is not allowed; allowed: 0 to 60000",
        "--json | /no/such/folder/x.json | --json /no/such/folder/x.json is not allowed",
        "--svg | /no/such/folder/x.svg | --svg /no/such/folder/x.svg is not allowed",
        "--speech-rate | 0 | --speech-rate 0 is not allowed; allowed: 1 to 100"
      })
  void tellsWhatIsWrongAndWhatIsAllowed(String option, String value, String told) {
    String errors = run(2, Stream.concat(COSTS.stream(), Stream.of(option, value)));
    assertTrue(errors.contains(told), errors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--first-audio-ms 35 | --cost is missing; allowed: a number, or --report FILE instead",
        "--cost 0.03 | --first-audio-ms is missing; allowed: a number, or --report FILE instead",
        "--cost 0 --first-audio-ms 35 | --cost 0 is not allowed; allowed: 1.0E-4 to 10",
        "--report /no/such/file | --report /no/such/file: file not found",
        "--addr localhost --first-audio-ms 35 | --addr localhost is not allowed; allowed: HOST:PORT",
        "--addr localhost:1 --first-audio-ms 35 | --addr localhost:1: "
      })
  void costsAreNeeded(String options, String told) {
    String errors = run(2, Stream.of(options.split(" ")));
    assertTrue(errors.contains(told), errors);
  }

  @Test
  void reportOfTheBenchmarkGivesTheCosts() throws Exception {
    Path report = folder.resolve("bench.json");
    Files.writeString(
        report,
        """
        {"targets": [{"closed": [
          {"streams": 4, "cost": {"cpuSecondsPerAudioSecond": 9}, "firstAudioMs": {"p50": 9}},
          {"streams": 1, "cost": {"cpuSecondsPerAudioSecond": 0.02}, "firstAudioMs": {"p50": 21}}]}]}
        """);
    String text = run(0, Stream.of("--report", report.toString(), "--seconds", "5"));
    assertTrue(text.contains("0.0200 s of a thread for a second of speech"), text);
    assertTrue(text.contains("first audio 21.0 ms"), text);
    Files.writeString(report, "{\"targets\": []}");
    String errors = run(2, Stream.of("--report", report.toString()));
    assertTrue(errors.contains("holds no closed run"), errors);
    Files.writeString(report, "no JSON");
    errors = run(2, Stream.of("--report", report.toString()));
    assertTrue(errors.contains("cannot be read"), errors);
  }

  @Test
  void runsAreATableJsonAndCharts() throws Exception {
    Path json = folder.resolve("a.json");
    Path svg = folder.resolve("a.svg");
    String text =
        simulate(
            "--policy",
            "all",
            "--workers",
            "2,3",
            "--conversations",
            "50",
            "--seconds",
            "10",
            "--json",
            json.toString(),
            "--svg",
            svg.toString());
    assertEquals(10, text.lines().filter(line -> line.matches(".* +[23] +[23] +\\d+ .*")).count());
    JsonNode report = JsonMapper.shared().readTree(json);
    assertEquals(10, report.path("runs").size());
    assertEquals("hash 3", report.at("/targets/9/name").stringValue());
    assertTrue(Files.size(svg) < 30_000, "bytes " + Files.size(svg));
    var drawing = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    // Three panels of five lines over workers.
    assertEquals(3, drawing.getElementsByTagName("g").getLength());
  }

  @Test
  void conversationLoadIsToldAsTheBenchmarkTellsIt() {
    String text = simulate("--load", "conversation", "--conversations", "3", "--seconds", "10");
    assertTrue(text.contains("Conversation: each stream plays in real time"), text);
    assertTrue(text.contains("least-request 1"), text);
  }

  @Test
  void searchTellsTheFewestWorkers() {
    String few = simulate("--find-workers", "--conversations", "20", "--seconds", "20");
    assertTrue(few.lines().anyMatch(line -> line.matches("least-request +– +1 +1 .*")), few);
  }
}
