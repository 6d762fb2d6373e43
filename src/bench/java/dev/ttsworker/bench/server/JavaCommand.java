package dev.ttsworker.bench.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Java process like this one: the same Java, options and classes.
///
/// @param mainClass what it runs
/// @param arguments of the main class
/// @param properties system properties that take the place of this process's own
/// @param endsWithInput whether closing its standard input ends it; else SIGTERM does
public record JavaCommand(
    String mainClass,
    List<String> arguments,
    Map<String, String> properties,
    boolean endsWithInput) {
  /// Of a debugger, which only one process can listen to.
  private static final String DEBUGGER = "-agentlib:jdwp";

  public JavaCommand {
    arguments = List.copyOf(arguments);
    properties = Map.copyOf(properties);
  }

  List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith(DEBUGGER) && !isReplaced(option))
        .forEach(line::add);
    properties.forEach((name, value) -> line.add("-D" + name + "=" + value));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    line.addAll(arguments);
    return line;
  }

  private boolean isReplaced(String option) {
    return properties.keySet().stream().anyMatch(name -> option.startsWith("-D" + name + "="));
  }
}
