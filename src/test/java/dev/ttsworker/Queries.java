package dev.ttsworker;

import dev.ttsworker.metrics.Exposition;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The PromQL of a Grafana dashboard or a file of rules.
///
/// @param expressions what stands at every key `expr`
record Queries(List<String> expressions) {
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset");
  private static final Set<String> OF_PROMETHEUS = Set.of("up");
  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job", "le");
  private static final Pattern NOT_METRICS =
      Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\b(by|on|ignoring|without)\\s*\\([^)]*\\)");
  private static final Pattern METRIC =
      Pattern.compile(
          "(?<![0-9a-zA-Z_:])([a-zA-Z_:][a-zA-Z0-9_:]*)(?![a-zA-Z0-9_:]|\\s*\\()(?:\\{([^}]*)\\})?");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)\\s*(?:=~|!~|!=|=)");

  /// Reads a file; JSON is YAML too.
  static Queries of(Path file) throws IOException {
    List<String> expressions = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      collect(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader), expressions);
    }
    return new Queries(expressions);
  }

  private static void collect(@Nullable Object node, List<String> expressions) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        if (key.equals("expr") && value instanceof String expression) {
          expressions.add(expression);
        } else {
          collect(value, expressions);
        }
      });
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, expressions));
    }
  }

  /// Metrics, and labels of metrics, that are named and shown on none of these pages.
  Set<String> unknown(Exposition... pages) {
    Set<String> names = new TreeSet<>();
    Stream.of(pages).forEach(page -> names.addAll(page.sampleNames()));
    Set<String> unknown = new TreeSet<>();
    for (String expression : expressions) {
      Matcher metric = METRIC.matcher(NOT_METRICS.matcher(expression).replaceAll(" "));
      boolean any = false;
      while (metric.find()) {
        String name = metric.group(1);
        if (WORDS.contains(name)) {
          continue;
        }
        any = true;
        if (!names.contains(name) && !OF_PROMETHEUS.contains(name)) {
          unknown.add(name);
        }
        Set<String> known = new TreeSet<>();
        Stream.of(pages).forEach(page -> known.addAll(page.labelsOf(name)));
        labels(metric.group(2), known).forEach(label -> unknown.add(name + label));
      }
      if (!any) {
        unknown.add("no metric in " + expression);
      }
    }
    return unknown;
  }

  private static Set<String> labels(@Nullable String text, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      if (!known.contains(label.group(1)) && !LABELS_OF_PROMETHEUS.contains(label.group(1))) {
        unknown.add("{" + label.group(1) + "}");
      }
    }
    return unknown;
  }
}
