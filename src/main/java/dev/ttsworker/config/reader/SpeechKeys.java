package dev.ttsworker.config.reader;

import dev.ttsworker.config.AudioSettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.EngineSettings.Device;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.config.SynthesisSettings.Phonemes;
import dev.ttsworker.config.TextSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.MapType;
import dev.ttsworker.config.value.OneOrManyType;
import dev.ttsworker.config.value.ScalarType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The keys of speech: voices, engine, audio and text. Each key is declared once, where its value
/// goes into its record: name, range, default, what sets it beside the file, component, and one
/// line of documentation. Each method is called once.
record SpeechKeys(Sources sources) {
  private static final String DEFAULT_VOICE = "hibari-en-us-heart";
  private static final String FALLBACK_VOICE = "piper-en-us-joe-medium";
  private static final URI PIPER_COLLECTION =
      URI.create("https://huggingface.co/rhasspy/piper-voices/resolve/main/");

  ModelSettings models() {
    Section<ModelSettings> keys = sources.section("model_manager", WorkerConfig::models);
    Section<ModelSettings> packs = sources.section("voicepacks", WorkerConfig::models);
    Map<String, String> aliases = Map.of("piper-en-us-lessac-medium", DEFAULT_VOICE);
    return new ModelSettings(
        keys.key("default_model_id", KeyTypes.MODEL_ID, DEFAULT_VOICE)
            .variables("DEFAULT_MODEL_ID", "DEFAULT_MODEL")
            .option(Option.DEFAULT_MODEL)
            .into(ModelSettings::defaultModelId, "The voice of sessions that name none"),
        keys.key("fallback_model_id", KeyTypes.MODEL_ID, FALLBACK_VOICE)
            .into(ModelSettings::fallbackModelId, "Spoken while the default cannot be loaded"),
        keys.key("preload_model_ids", new ListType<>(KeyTypes.MODEL_ID, 0, 1000), List.of())
            .variables("PRELOAD_MODEL_IDS")
            .option(Option.PRELOAD)
            .into(ModelSettings::preloadModelIds, "Loaded at the start and kept"),
        keys.millis("ttl_ms", 0, Integer.MAX_VALUE, 600_000)
            .variables("TTL_MS")
            .into(ModelSettings::timeToLive, "Unused models leave memory after this many ms"),
        keys.millis("min_residency_ms", 0, Integer.MAX_VALUE, 120_000)
            .variables("MIN_RESIDENCY_MS")
            .into(ModelSettings::minResidency, "but stay at least so long"),
        keys.millis("evict_check_interval_ms", 10, Integer.MAX_VALUE, 30_000)
            .variables("EVICT_CHECK_INTERVAL_MS")
            .into(ModelSettings::evictCheckInterval, "How often that is looked at"),
        keys.whole("resident_cap", 1, 1000, 3)
            .variables("RESIDENT_CAP")
            .into(ModelSettings::residentCap, "most models in memory"),
        keys.whole("max_parallel_loads", 1, 64, 1)
            .variables("MAX_PARALLEL_LOADS")
            .into(ModelSettings::maxParallelLoads, "most models that load at once"),
        keys.flag("warmup_enabled", true)
            .variables("WARMUP_ENABLED")
            .into(ModelSettings::warmupEnabled, "speak once after loading"),
        keys.key("warmup_text", ScalarType.text(1, 1000), "This is a warmup test.")
            .variables("WARMUP_TEXT")
            .into(ModelSettings::warmupText, "What is spoken then"),
        keys.path("voicepack_root", Path.of("voicepacks"))
            .variables("VOICEPACK_ROOT")
            .option(Option.VOICEPACK_ROOT)
            .into(ModelSettings::voicepackRoot, "The folder of the voices"),
        keys.key("aliases", new MapType<>(KeyTypes.MODEL_ID), aliases)
            .into(ModelSettings::aliases, "Ids that are not installed, and what is meant by them"),
        packs
            .flag("auto_install", true)
            .into(ModelSettings::autoInstall, "Install the default voice when it is missing"),
        packs
            .key("piper_mirror", KeyTypes.MIRROR, PIPER_COLLECTION)
            .variables("PIPER_MIRROR")
            .into(ModelSettings::piperMirror, "Where the collection of Piper voices is"));
  }

  EngineSettings engine() {
    Section<EngineSettings> keys = sources.section("engine", WorkerConfig::engine);
    ScalarType<Integer> threads = ScalarType.whole(0, 1024);
    ListType<Integer> gpus = new ListType<>(ScalarType.whole(0, 1023), 1, 64);
    return new EngineSettings(
        keys.key("device", KeyTypes.DEVICE, Device.AUTO, device -> device, KeyTypes::spelling)
            .option(Option.DEVICE)
            .into(EngineSettings::device, "Where inference runs"),
        keys.key("cpu_threads", threads, 0, SpeechKeys::orOneForEachCore, count -> count)
            .into(EngineSettings::cpuThreads, "0 = one per core"),
        keys.whole("nice", 0, 19, 5)
            .into(EngineSettings::nice, "Inference threads let the worker's other threads pass"),
        keys.key("gpu_device_id", new OneOrManyType<>(gpus), List.of(0))
            .into(EngineSettings::gpuDeviceIds, "Which GPUs, by CUDA's numbers, each once"),
        keys.whole("gpu_mem_limit_mb", 0, 1_048_576, 0)
            .into(EngineSettings::gpuMemoryLimitMb, "of each GPU, for all voices together"),
        keys.flag("gpu_tf32", false).into(EngineSettings::gpuTf32, "faster and less exact"),
        keys.whole("gpu_largest_batch", 1, 64, 16)
            .into(
                EngineSettings::gpuLargestBatch,
                "Most windows that a GPU computes at once; fewer need less memory"),
        keys.optionalPath("native_path")
            .variables("ORT_NATIVE_PATH")
            .into(EngineSettings::nativePath, "Folder with another ONNX Runtime"),
        keys.optionalPath("webgpu_library")
            .into(
                EngineSettings::webGpuLibrary,
                "Execution provider for GPUs of any maker, from a Python package"));
  }

  private static int orOneForEachCore(int threads) {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  AudioSettings audio() {
    Section<AudioSettings> keys = sources.section("audio", WorkerConfig::audio);
    return new AudioSettings(
        keys.whole("output_sample_rate", 48_000, 48_000, 48_000)
            .into(AudioSettings::outputSampleRateHz, "of what clients get, in Hz"),
        keys.whole("frame_duration_ms", 20, 20, 20)
            .into(AudioSettings::frameDurationMs, "of one AudioFrame"),
        keys.key("loudness_target_lufs", ScalarType.decimal(-23.0, -12.0), -16.0)
            .into(AudioSettings::loudnessTargetLufs, "how loud speech is"),
        keys.flag("normalization_enabled", true)
            .into(AudioSettings::normalizationEnabled, "bring speech to that loudness"));
  }

  SynthesisSettings synthesis() {
    Section<SynthesisSettings> keys = sources.section("synthesis", WorkerConfig::synthesis);
    return new SynthesisSettings(
        keys.millis("max_lead_ms", 100, 600_000, 5000)
            .into(SynthesisSettings::maxLead, "Audio computed at most past the play-out of a call"),
        keys.whole("phrase_cache_mb", 0, 65_536, 0)
            .into(SynthesisSettings::phraseCacheMb, "Short phrases that are said again and again"),
        keys.whole("phrase_cache_max_chars", 1, 1000, 100)
            .into(SynthesisSettings::phraseCacheMaxChars, "longer ones are not kept"),
        keys.key("phonemes", KeyTypes.PHONEMES, Phonemes.ESPEAK, p -> p, KeyTypes::spelling)
            .variables("PHONEMES")
            .into(SynthesisSettings::phonemes, "Front end of Piper voices"));
  }

  TextSettings text() {
    Section<TextSettings> keys = sources.section("text", WorkerConfig::text);
    return new TextSettings(
        keys.flag("normalize", true)
            .into(TextSettings::normalize, "Write figures, dates, money, abbreviations"),
        keys.flag("say_emoji", false).into(TextSettings::sayEmoji, "Call emoji by their names"),
        keys.flag("markup", true).into(TextSettings::markup, "Marks say how text is spoken"),
        keys.optionalPath("lexicon_file")
            .into(TextSettings::lexiconFile, "How single words are said"),
        keys.millis("max_wait_ms", ScalarType.wholeOrZero(50, 60_000), 400)
            .into(TextSettings::maxWait, "A sentence without an end mark is spoken when no text"),
        pauses());
  }

  private PauseSettings pauses() {
    Section<PauseSettings> keys = sources.section("text", config -> config.text().pauses());
    return new PauseSettings(
        keys.millis("pause_comma_ms", 0, 2000, 0).into(PauseSettings::comma, "At commas"),
        keys.millis("pause_clause_ms", 0, 2000, 100)
            .into(PauseSettings::clause, "At semicolons, colons, dashes and ellipses"),
        keys.millis("pause_sentence_ms", 0, 10_000, 250)
            .into(PauseSettings::sentence, "After a sentence"),
        keys.millis("pause_line_ms", 0, 10_000, 300)
            .into(PauseSettings::line, "Where a line ends between two sentences"),
        keys.millis("pause_item_ms", 0, 10_000, 350)
            .into(PauseSettings::item, "In front of an item of a list"),
        keys.millis("pause_heading_ms", 0, 10_000, 500)
            .into(PauseSettings::heading, "After a heading"),
        keys.millis("pause_paragraph_ms", 0, 10_000, 600)
            .into(PauseSettings::paragraph, "Between paragraphs"));
  }
}
