package dev.ttsworker.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page in Prometheus' text format 0.0.4, read strictly.
public final class Exposition {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\"\\\\n])*)\"(?:,|$)");
  private static final List<String> HISTOGRAM_SAMPLES = List.of("_bucket", "_sum", "_count");

  /// One line.
  public record Sample(String name, Map<String, String> labels, double value) {}

  /// One metric; help and type are empty where the page does not tell them.
  public static final class Family {
    private String help = "";
    private String type = "";
    private final List<Sample> samples = new ArrayList<>();

    public String help() {
      return help;
    }

    public String type() {
      return type;
    }

    public List<Sample> samples() {
      return samples;
    }

    /// The names of all labels, `le` aside.
    public Set<String> labels() {
      Set<String> names = new TreeSet<>();
      samples.forEach(sample -> names.addAll(sample.labels().keySet()));
      names.remove("le");
      return names;
    }
  }

  private final Map<String, Family> families = new TreeMap<>();

  private Exposition() {}

  public static Exposition of(PrometheusRegistry registry) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(page, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(page.toString(StandardCharsets.UTF_8));
  }

  /// Reads a page.
  ///
  /// @throws AssertionError when a line is not of the format, comes twice or belongs to no metric
  public static Exposition parse(String page) {
    Exposition read = new Exposition();
    page.lines().forEach(read::line);
    read.families.forEach(Exposition::checkBuckets);
    return read;
  }

  private void line(String line) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      Family family = families.computeIfAbsent(comment.group(2), _ -> new Family());
      if (comment.group(1).equals("HELP")) {
        family.help = comment.group(3);
      } else {
        check(family.type.isEmpty() && family.samples.isEmpty(), line);
        family.type = comment.group(3);
      }
      return;
    }
    Matcher matched = SAMPLE.matcher(line);
    check(matched.matches(), line);
    String labels = matched.group(2);
    Sample sample =
        new Sample(
            matched.group(1), labels(labels == null ? "" : labels, line), number(matched.group(3)));
    Family family = owner(sample.name(), line);
    check(
        family.samples.stream()
            .noneMatch(other ->
                other.name().equals(sample.name()) && other.labels().equals(sample.labels())),
        line);
    family.samples.add(sample);
  }

  private static double number(String value) {
    return value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      String value =
          label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
      check(labels.put(label.group(1), value) == null, line);
      end = label.end();
    }
    check(end == text.length(), line);
    return labels;
  }

  private Family owner(String sample, String line) {
    Family own = families.get(sample);
    if (own != null) {
      check(!own.type.equals("histogram"), line);
      return own;
    }
    return HISTOGRAM_SAMPLES.stream()
        .filter(sample::endsWith)
        .map(end -> families.get(sample.substring(0, sample.length() - end.length())))
        .filter(family -> family != null && Set.of("histogram", "summary").contains(family.type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No TYPE before: " + line));
  }

  private static void checkBuckets(String name, Family family) {
    if (!family.type.equals("histogram")) {
      return;
    }
    Map<Map<String, String>, Double> reached = new java.util.HashMap<>();
    for (Sample sample : family.samples) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      if (labels.remove("le") != null) {
        double before = reached.getOrDefault(labels, 0.0);
        check(sample.value() >= before, name + " has falling buckets");
        reached.put(labels, sample.value());
      } else if (sample.name().endsWith("_count")) {
        check(reached.getOrDefault(labels, -1.0) == sample.value(), name + " has a wrong count");
      }
    }
  }

  private static void check(boolean right, String line) {
    if (!right) {
      throw new AssertionError("Not of the text format: " + line);
    }
  }

  public Map<String, Family> families() {
    return families;
  }

  /// The metric of this name.
  ///
  /// @throws AssertionError when it is not there
  public Family family(String name) {
    Family family = families.get(name);
    if (family == null) {
      throw new AssertionError(name + " is not among " + families.keySet());
    }
    return family;
  }

  /// The names of all samples, such as `x_bucket` and `x_sum` of a histogram `x`.
  public Set<String> sampleNames() {
    Set<String> names = new TreeSet<>();
    samples().forEach(sample -> names.add(sample.name()));
    return names;
  }

  /// The names of the labels that a sample has.
  public Set<String> labelsOf(String sample) {
    Set<String> labels = new TreeSet<>();
    samples()
        .filter(found -> found.name().equals(sample))
        .forEach(found -> labels.addAll(found.labels().keySet()));
    return labels;
  }

  /// The sum over all samples that have these labels; 0 when there are none.
  ///
  /// @param labels name, value, name, value, …
  public double sum(String sample, String... labels) {
    return samples()
        .filter(found -> found.name().equals(sample))
        .filter(found -> has(found, labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  /// How many samples have these labels.
  ///
  /// @param labels name, value, name, value, …
  public long count(String sample, String... labels) {
    return samples()
        .filter(found -> found.name().equals(sample))
        .filter(found -> has(found, labels))
        .count();
  }

  private static boolean has(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
        return false;
      }
    }
    return true;
  }

  private Stream<Sample> samples() {
    return families.values().stream().flatMap(family -> family.samples.stream());
  }
}
