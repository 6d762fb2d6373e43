package dev.ttsworker;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import dev.ttsworker.proto.ListModelsRequest;
import dev.ttsworker.proto.ModelInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything of a worker that can be counted and must be as before once its callers are gone.
///
/// @param models loaded ones, each with its references and sessions
/// @param threads platform threads by kind
/// @param callThreads virtual threads that serve calls
/// @param buffers direct buffers that runs have borrowed
/// @param graphs graphs in the runtime's memory
/// @param sockets open ones of this process, the test's own included
record WorkerCounts(
    int calls,
    int sessions,
    int queued,
    Map<String, Integer> models,
    Map<String, Long> threads,
    long callThreads,
    int buffers,
    int graphs,
    long sockets) {

  /// Far more than a worker needs to notice that somebody is gone.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Pattern VIRTUAL_CALL = Pattern.compile("^#\\d+ \"call-.*virtual.*");
  private static final String OWN_THREADS = "(inference|espeak|timer|start)-\\d+";

  static WorkerCounts of(TestWorker worker) {
    GetCapabilitiesResponse told = worker.capabilities();
    var inMemory = worker.engine.runtime();
    return new WorkerCounts(
        (int) told.getMetricsOrThrow("active_streams"),
        (int) told.getMetricsOrThrow("active_sessions"),
        (int) told.getMetricsOrThrow("queue_depth"),
        loadedModels(worker),
        ownThreads(),
        virtualCallThreads(),
        inMemory.buffersOnLoan(),
        inMemory.graphs(),
        openSockets());
  }

  private static Map<String, Integer> loadedModels(TestWorker worker) {
    List<ModelInfo> models =
        worker.stub().listModels(ListModelsRequest.getDefaultInstance()).getModelsList();
    return models.stream()
        .filter(ModelInfo::getIsLoaded)
        .collect(
            Collectors.toMap(
                ModelInfo::getModelId,
                model -> Integer.parseInt(model.getMetadataOrThrow("refcount")),
                Integer::sum,
                TreeMap::new));
  }

  private static Map<String, Long> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches(OWN_THREADS))
        .map(name -> name.substring(0, name.indexOf('-')))
        .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
  }

  /// Virtual threads are listed in dumps only.
  private static long virtualCallThreads() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (Stream<String> lines = Files.lines(dump)) {
        return lines.filter(line -> VIRTUAL_CALL.matcher(line).matches()).count();
      } finally {
        TestWorker.deleteFolder(folder);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long openSockets() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(WorkerCounts::isSocket).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  /// Waits until everything is as in `this`.
  ///
  /// @throws AssertionError when it does not come to that
  void awaitAgain(TestWorker worker, String told) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    WorkerCounts now = of(worker);
    while (!now.equals(this)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(told + ": left behind\nbefore " + this + "\nnow    " + now);
      }
      Polling.pause();
      now = of(worker);
    }
  }
}
