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

/// Registers metrics, each with a help text. None keeps exemplars, which would cost something at
/// every count.
final class MetricFactory {
  private static final double[] DURATION_SECONDS = {
    0.005, 0.010, 0.020, 0.050, 0.100, 0.200, 0.300, 0.500, 1, 2, 5, 10
  };

  private final PrometheusRegistry registry;

  MetricFactory(PrometheusRegistry registry) {
    this.registry = registry;
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

  /// A counter that is asked when metrics are read.
  void watchedCounter(String name, String help, LongSupplier value) {
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call((double) value.getAsLong()))
            .register(registry);
  }

  /// A gauge that is asked when metrics are read.
  void watchedGauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.getAsDouble()))
            .register(registry);
  }

  /// A gauge for each device, asked when metrics are read.
  ///
  /// @param value empty where a device does not say
  void watchedGpuGauge(
      String name,
      String help,
      Supplier<List<GpuReading>> gpus,
      Function<GpuReading, OptionalDouble> value) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames("device")
            .callback(callback -> {
              for (GpuReading gpu : gpus.get()) {
                value.apply(gpu).ifPresent(number -> callback.call(number, gpu.device()));
              }
            })
            .register(registry);
  }

  /// A gauge for each role of files, asked when metrics are read.
  ///
  /// @param value empty where there is none
  void watchedFileGauge(
      String name,
      String help,
      Supplier<List<AccessReading>> files,
      Function<AccessReading, OptionalDouble> value) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames("role")
            .callback(callback -> {
              for (AccessReading file : files.get()) {
                value.apply(file).ifPresent(number -> callback.call(number, file.role()));
              }
            })
            .register(registry);
  }

  /// A counter for each role of files, asked when metrics are read.
  void watchedFileCounter(
      String name,
      String help,
      Supplier<List<AccessReading>> files,
      ToLongFunction<AccessReading> value) {
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames("role")
            .callback(callback ->
                files
                    .get()
                    .forEach(file -> callback.call((double) value.applyAsLong(file), file.role())))
            .register(registry);
  }

  /// A histogram of seconds, in the buckets that all durations share.
  Histogram durations(String name, String help, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicUpperBounds(DURATION_SECONDS)
        .classicOnly()
        .withoutExemplars()
        .register(registry);
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
