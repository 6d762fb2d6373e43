package dev.ttsworker;

import dev.ttsworker.config.AudioSettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.runtime.CudaSettings;
import dev.ttsworker.engine.runtime.Device;
import dev.ttsworker.engine.runtime.DeviceChoice;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.LowPriorityThreads;
import dev.ttsworker.engine.runtime.Nvml;
import dev.ttsworker.engine.runtime.OrtRuntime;
import dev.ttsworker.engine.runtime.OtherRuntime;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.synthesis.CostMeter;
import dev.ttsworker.engine.synthesis.OutputLevel;
import dev.ttsworker.engine.synthesis.PhraseCache;
import dev.ttsworker.engine.synthesis.SpeechMeters;
import dev.ttsworker.engine.synthesis.Synthesizer;
import dev.ttsworker.engine.synthesis.WorkClock;
import dev.ttsworker.engine.voice.FamilyVoiceLoader;
import dev.ttsworker.engine.voice.Voice;
import dev.ttsworker.engine.voice.VoiceLoader;
import dev.ttsworker.engine.voice.piper.Cutting;
import dev.ttsworker.engine.voice.piper.PiperVoiceLoader;
import dev.ttsworker.engine.voice.tone.ToneVoiceLoader;
import dev.ttsworker.metrics.ModelMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voicepack.PiperConfigReader;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/// What turns text into frames, usable without the wire: runtime, phonemizer, loaders, scheduler.
public final class Engine implements AutoCloseable {
  private static final double CEILING_DB = -1;

  /// Each reads thousands of sentences a second; the second one serves while the first is started
  /// again.
  private static final int ESPEAK_PROCESSES = 2;

  private final Closer closer = new Closer();
  private final int cpuThreads;
  private final Optional<Nvml> nvml;
  private final InferenceRuntime runtime;
  private final Accelerators accelerators;
  private final VoiceLoader loader;
  private final Scheduler scheduler;
  private final Synthesizer synthesizer;
  private final CostMeter cost;

  /// Starts the runtime, probes the device and starts the inference threads; the caller closes it
  /// after the last call and the last voice.
  ///
  /// @param edge puts a test's runtime around the real one
  /// @throws dev.ttsworker.error.WorkerException when a native library is missing
  public Engine(
      WorkerConfig config,
      Installation installation,
      WorkerMetrics metrics,
      EngineDesign design,
      UnaryOperator<InferenceRuntime> edge) {
    EngineSettings settings = config.engine();
    AudioSettings audio = config.audio();
    cpuThreads = settings.cpuThreads();
    nvml = settings.device() == EngineSettings.Device.CPU ? Optional.empty() : Nvml.open();
    nvml.ifPresent(library -> closer.add(library::close));
    runtime = edge.apply(runtime(settings, nvml));
    accelerators = openAccelerators();
    cost = new CostMeter(System::nanoTime, new WorkClock(() -> accelerators.lanes() > 0));
    EspeakPool espeak =
        new EspeakPool(
            installation.nativeDirectory(),
            Math.min(cpuThreads, ESPEAK_PROCESSES),
            Threads.platform("espeak-"));
    closer.add(espeak::close);
    loader = loader(config, installation, metrics, espeak, cutting(design));
    scheduler =
        new Scheduler(
            order(design),
            Math.max(cpuThreads, accelerators.lanes()),
            new LowPriorityThreads(Threads.platform("inference-"), settings.nice()));
    closer.add(scheduler::close);
    SynthesisSettings synthesis = config.synthesis();
    PhraseCache phrases =
        new PhraseCache(synthesis.phraseCacheMb() * (1L << 20), synthesis.phraseCacheMaxChars());
    metrics.watchPhrases(phrases::hits, phrases::misses, phrases::bytes);
    synthesizer =
        new Synthesizer(
            scheduler,
            new OutputLevel(audio.normalizationEnabled(), CEILING_DB),
            new SpeechMeters(cost, new SpeechCounters(metrics)),
            phrases);
  }

  private static InferenceRuntime runtime(EngineSettings settings, Optional<Nvml> nvml) {
    Optional<OtherRuntime> other = settings.nativePath().map(OtherRuntime::use);
    try {
      return new OrtRuntime(choice(settings), cuda(settings), nvml, settings.cpuThreads());
    } finally {
      other.ifPresent(OtherRuntime::close);
    }
  }

  private Accelerators openAccelerators() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Threads.platform("accelerators-"));
    closer.add(timer::shutdownNow);
    Accelerators found =
        new Accelerators(runtime, System::nanoTime, Threads.platform("device-"), timer);
    closer.add(found::close);
    return found;
  }

  private VoiceLoader loader(
      WorkerConfig config,
      Installation installation,
      WorkerMetrics metrics,
      EspeakPool espeak,
      Cutting cutting) {
    PiperVoiceLoader piper =
        new PiperVoiceLoader(
            runtime,
            accelerators,
            cutting,
            new PiperConfigReader()::read,
            espeak::forVoice,
            installation.cacheFolder(),
            new LevelCalibration(config.audio().loudnessTargetLufs(), CEILING_DB),
            metrics.synthesis()::unknownPhonemes);
    VoiceLoader families =
        new FamilyVoiceLoader(
            Map.of(Voicepack.PIPER_FAMILY, piper, Voicepack.MOCK_FAMILY, new ToneVoiceLoader()));
    return (voicepack, placement) ->
        told(families.load(voicepack, placement), config.audio(), metrics.models());
  }

  private static Voice told(Voice voice, AudioSettings audio, ModelMetrics metrics) {
    voice
        .loudnessLufs(audio.normalizationEnabled())
        .ifPresent(lufs -> metrics.loudness(voice.description().modelId(), lufs));
    return voice;
  }

  private static Scheduler.Order order(EngineDesign design) {
    return switch (design) {
      case PRODUCT, WHOLE_SENTENCES -> Scheduler.Order.EARLIEST_DEADLINE;
      case FIRST_COME_FIRST_SERVED -> Scheduler.Order.ARRIVAL;
    };
  }

  private static Cutting cutting(EngineDesign design) {
    return switch (design) {
      case PRODUCT, FIRST_COME_FIRST_SERVED -> Cutting.WHERE_POSSIBLE;
      case WHOLE_SENTENCES -> Cutting.NEVER;
    };
  }

  private static DeviceChoice choice(EngineSettings settings) {
    return switch (settings.device()) {
      case AUTO -> DeviceChoice.AUTO;
      case CUDA -> DeviceChoice.CUDA;
      case CPU -> DeviceChoice.CPU;
    };
  }

  private static CudaSettings cuda(EngineSettings settings) {
    return new CudaSettings(
        settings.gpuDeviceIds(), settings.gpuMemoryLimitMb() * (1L << 20), settings.gpuTf32());
  }

  public InferenceRuntime runtime() {
    return runtime;
  }

  /// What tells of the GPUs' memory and use; closed with this.
  Optional<Nvml> nvml() {
    return nvml;
  }

  public Accelerators accelerators() {
    return accelerators;
  }

  /// Where inference runs now.
  public Device device() {
    return accelerators.device();
  }

  /// Jobs that can be computed at once now.
  public int lanes() {
    int accelerated = accelerators.lanes();
    return accelerated > 0 ? accelerated : cpuThreads;
  }

  public VoiceLoader loader() {
    return loader;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  /// What speech costs.
  public CostMeter cost() {
    return cost;
  }

  public Synthesizer synthesizer() {
    return synthesizer;
  }

  @Override
  public void close() {
    closer.close();
  }
}
