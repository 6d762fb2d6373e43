package dev.ttsworker.bench.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server says of its own process on a Prometheus endpoint.
public final class MetricsUsage implements ServerUsage {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String CPU = "process_cpu_seconds_total";
  private static final String MEMORY = "process_resident_memory_bytes";

  private final URI endpoint;

  /// @param endpoint such as `http://localhost:9090/metrics`
  public MetricsUsage(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Reading read() {
    String page = page();
    OptionalDouble memory = value(page, MEMORY);
    return new Reading(
        value(page, CPU),
        memory.isPresent() ? OptionalLong.of((long) memory.getAsDouble()) : OptionalLong.empty());
  }

  private String page() {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(PATIENCE).build();
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      // Then nothing is known of the server, as the report shows.
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /// The value of a metric without labels on a page in Prometheus' text format.
  static OptionalDouble value(String page, String metric) {
    Matcher line = Pattern.compile("(?m)^" + metric + "\\s+([0-9.eE+-]+)").matcher(page);
    return line.find()
        ? OptionalDouble.of(Double.parseDouble(line.group(1)))
        : OptionalDouble.empty();
  }
}
