package dev.ttsworker.engine.assembly;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.GpuUsage;
import dev.ttsworker.engine.PhraseCacheStats;
import dev.ttsworker.engine.SpeechCosts;
import dev.ttsworker.engine.SpeechEngine;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.FrontEnd;
import dev.ttsworker.engine.g2p.espeak.EspeakFrontEnd;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.runtime.ExternalRuntime;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.LowPriorityThreads;
import dev.ttsworker.engine.runtime.Nvml;
import dev.ttsworker.engine.runtime.OrtRuntime;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.runtime.Utilisation;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.engine.synthesis.LoadedVoice;
import dev.ttsworker.engine.synthesis.PhraseCache;
import dev.ttsworker.engine.synthesis.SynthesisServices;
import dev.ttsworker.engine.synthesis.WorkClock;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Closer;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Speech engine of this process: runtime, scheduler, front ends, voice families.
public final class LocalSpeechEngine implements SpeechEngine {
  /// Each reads thousands of sentences a second; the second one serves while the first is started
  /// again.
  private static final int ESPEAK_PROCESSES = 2;

  private static final long MEBIBYTE = 1L << 20;

  private final Closer closer = new Closer();
  private final int cpuThreads;
  private final Optional<Nvml> nvml;
  private final InferenceRuntime runtime;
  private final Accelerators accelerators;
  private final Map<String, VoiceFamily> families;
  private final VoiceServices services;
  private final Scheduler scheduler;
  private final Utilisation utilisation;
  private final CostMeter costs;
  private final PhraseCache phrases;
  private final SynthesisServices synthesis;

  /// As [SpeechEngine#open].
  static LocalSpeechEngine open(EngineOptions options, EngineObserver observer) {
    return open(options, observer, Function.identity(), LocalEngineProvider.families(), List.of());
  }

  /// Opens an engine that is put together otherwise.
  ///
  /// @param around gives what graphs run on, from the runtime of this build
  /// @param families the voice families
  /// @param frontEnds further ones, or others in the place of those of a name; the caller closes
  ///   them
  public static LocalSpeechEngine open(
      EngineOptions options,
      EngineObserver observer,
      Function<InferenceRuntime, InferenceRuntime> around,
      List<VoiceFamily> families,
      List<FrontEnd> frontEnds) {
    EngineSettings settings = options.runtime();
    Optional<Nvml> nvml =
        settings.device() == EngineSettings.Device.CPU ? Optional.empty() : Nvml.open();
    return new LocalSpeechEngine(
        options, observer, nvml, around.apply(runtime(settings, nvml)), families, frontEnds);
  }

  private LocalSpeechEngine(
      EngineOptions options,
      EngineObserver observer,
      Optional<Nvml> nvml,
      InferenceRuntime runtime,
      List<VoiceFamily> families,
      List<FrontEnd> frontEnds) {
    EngineSettings settings = options.runtime();
    this.nvml = nvml;
    this.runtime = runtime;
    this.families =
        families.stream().collect(Collectors.toMap(VoiceFamily::family, Function.identity()));
    cpuThreads = settings.cpuThreads();
    nvml.ifPresent(library -> closer.add(library::close));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Threads.platform("accelerators-"));
    closer.add(timer::shutdownNow);
    accelerators = new Accelerators(runtime, System::nanoTime, Threads.platform("device-"), timer);
    closer.add(accelerators::close);
    costs = new CostMeter(System::nanoTime, new WorkClock(() -> accelerators.parallelism() > 0));
    services = services(options, observer, frontEnds);
    scheduler = scheduler(options);
    closer.add(scheduler::close);
    utilisation = new Utilisation(scheduler, System::nanoTime);
    var _ = timer.scheduleWithFixedDelay(utilisation::sample, 1, 1, TimeUnit.SECONDS);
    SynthesisSettings caching = options.synthesis();
    phrases = new PhraseCache(caching.phraseCacheMb() * MEBIBYTE, caching.phraseCacheMaxChars());
    synthesis =
        new SynthesisServices(
            scheduler, costs, phrases, options.audio().normalizationEnabled(), observer);
  }

  private static InferenceRuntime runtime(EngineSettings settings, Optional<Nvml> nvml) {
    Optional<ExternalRuntime> other = settings.nativePath().map(ExternalRuntime::use);
    try {
      return new OrtRuntime(settings, nvml);
    } finally {
      other.ifPresent(ExternalRuntime::close);
    }
  }

  private VoiceServices services(
      EngineOptions options, EngineObserver observer, List<FrontEnd> further) {
    EspeakFrontEnd espeak =
        new EspeakFrontEnd(() ->
            new EspeakPool(
                options.folders().natives(),
                Math.min(cpuThreads, ESPEAK_PROCESSES),
                Threads.platform("espeak-")));
    closer.add(espeak::close);
    return new VoiceServices(
        runtime,
        accelerators,
        LocalEngineProvider.frontEnds(options, espeak, further),
        options.streaming() == EngineOptions.Streaming.WITHIN_SENTENCES,
        options.folders().cache(),
        new LevelCalibration(options.audio().loudnessTargetLufs(), SynthesisServices.CEILING_DB),
        observer);
  }

  private Scheduler scheduler(EngineOptions options) {
    return new Scheduler(
        options.order(),
        Math.max(cpuThreads, accelerators.parallelism()),
        new LowPriorityThreads(Threads.platform("inference-"), options.runtime().nice()));
  }

  @Override
  public Voice load(Voicepack voicepack, Placement placement) {
    VoiceFamily family = families.get(voicepack.family());
    if (family == null) {
      throw new WorkerException(
          ErrorCode.MODEL_LOAD_FAILED,
          "Voicepack %s is of the family \"%s\"; this worker speaks %s"
              .formatted(
                  voicepack.modelId(), voicepack.family(), new TreeSet<>(families.keySet())));
    }
    VoiceModel model = family.load(voicepack, placement, services);
    return new LoadedVoice(model, synthesis);
  }

  @Override
  public Device device() {
    return accelerators.device();
  }

  @Override
  public Device probedDevice() {
    return runtime.device();
  }

  @Override
  public void onDeviceChange(Consumer<Device> listener) {
    accelerators.addListener(listener);
  }

  @Override
  public boolean isDeviceLost() {
    return accelerators.isLost();
  }

  @Override
  public List<GpuUsage> gpus() {
    Device probed = runtime.device();
    List<Integer> known = probed.provider() == Device.Provider.CUDA ? probed.ids() : List.of();
    return known.stream()
        .map(id -> nvml.flatMap(library -> usage(library, id)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<GpuUsage> usage(Nvml library, int id) {
    return library
        .memory(id)
        .map(memory ->
            new GpuUsage(
                Device.Provider.CUDA.device(id),
                memory.used(),
                memory.total(),
                library.utilizationPercent(id)));
  }

  @Override
  public String runtimeVersion() {
    return runtime.version();
  }

  @Override
  public int parallelism() {
    int accelerated = accelerators.parallelism();
    return accelerated > 0 ? accelerated : cpuThreads;
  }

  @Override
  public int queueDepth() {
    return scheduler.queueDepth();
  }

  @Override
  public double utilization() {
    return utilisation.share();
  }

  @Override
  public SpeechCosts costs() {
    return costs;
  }

  @Override
  public PhraseCacheStats phraseCache() {
    return new PhraseCacheStats(phrases.hits(), phrases.misses(), phrases.bytes());
  }

  @Override
  public void close() {
    closer.close();
  }
}
