package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Factory that creates and registers metrics. Only durations of calls keep exemplars, which add
/// cost to every observation.
final class MetricFactory {
  private static final double[] DURATION_SECONDS = {
    0.005, 0.010, 0.020, 0.050, 0.100, 0.200, 0.300, 0.500, 1, 2, 5, 10
  };

  private final PrometheusRegistry registry;
  private final boolean exemplars;

  MetricFactory(PrometheusRegistry registry, boolean exemplars) {
    this.registry = registry;
    this.exemplars = exemplars;
  }

  Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /// Counter read at each scrape.
  void counterCallback(String name, String help, LongSupplier value) {
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call((double) value.getAsLong()))
            .register(registry);
  }

  /// Gauge read at each scrape.
  void gaugeCallback(String name, String help, DoubleSupplier value) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.getAsDouble()))
            .register(registry);
  }

  /// Gauge with one value per thing, read at each scrape.
  ///
  /// @param label value of the label `labelName` for a thing
  /// @param value empty where there is none
  <T> void gaugeCallbacks(
      String name,
      String help,
      String labelName,
      Supplier<List<T>> things,
      Function<T, String> label,
      Function<T, OptionalDouble> value) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(labelName)
            .callback(callback -> {
              for (T thing : things.get()) {
                value.apply(thing).ifPresent(number -> callback.call(number, label.apply(thing)));
              }
            })
            .register(registry);
  }

  /// Counter with one value per thing, read at each scrape.
  ///
  /// @param label as for [#gaugeCallbacks]
  <T> void counterCallbacks(
      String name,
      String help,
      String labelName,
      Supplier<List<T>> things,
      Function<T, String> label,
      ToLongFunction<T> value) {
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(labelName)
            .callback(callback -> {
              for (T thing : things.get()) {
                callback.call((double) value.applyAsLong(thing), label.apply(thing));
              }
            })
            .register(registry);
  }

  /// Histogram of seconds, with the buckets common to all durations.
  Histogram durations(String name, String help, String... labels) {
    return seconds(name, help, labels).withoutExemplars().register(registry);
  }

  /// Histogram of seconds of a call, with exemplars where they are selected.
  Histogram callDurations(String name, String help, String... labels) {
    Histogram.Builder seconds = seconds(name, help, labels);
    return (exemplars ? seconds.withExemplars() : seconds.withoutExemplars()).register(registry);
  }

  private static Histogram.Builder seconds(String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicUpperBounds(DURATION_SECONDS)
        .classicOnly();
  }

  FrameSendTimes frameSendTimes() {
    FrameSendTimes times = new FrameSendTimes(DURATION_SECONDS);
    registry.register(times);
    return times;
  }

  Info info(String name, String help, String... labels) {
    return Info.builder().name(name).help(help).labelNames(labels).register(registry);
  }
}
