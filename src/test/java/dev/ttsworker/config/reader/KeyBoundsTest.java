package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.config.WorkerConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key of the table with the values at and past its borders.
final class KeyBoundsTest {
  private static final String ID_128 = "a".repeat(128);

  /// Each row is key, written value, value in effect or "!" when it is not allowed.
  private static final String TABLE =
      """
      worker.name | x | x
      worker.name | %1$s | %1$s
      worker.name | ä b | ä b
      worker.name | '' | !
      worker.name | %1$sx | !
      worker.name | 7 | !
      worker.grpc_host | 127.0.0.1 | 127.0.0.1
      worker.grpc_host | '::1' | ::1
      worker.grpc_host | 'a b' | !
      worker.grpc_host | '' | !
      worker.grpc_port | 0 | 0
      worker.grpc_port | 1024 | 1024
      worker.grpc_port | 65_535 | 65535
      worker.grpc_port | 1 | !
      worker.grpc_port | 1023 | !
      worker.grpc_port | 65536 | !
      worker.grpc_port | -1 | !
      worker.grpc_port | 99999999999999999999 | !
      worker.grpc_port | 0x1b59 | !
      worker.grpc_port | 017000 | !
      worker.grpc_port | 2:00:00 | !
      worker.grpc_port | '7001' | !
      worker.grpc_port | 7001.0 | !
      worker.grpc_port | yes | !
      worker.grpc_port | [7001] | !
      worker.grpc_port | {a: 1} | !
      worker.grpc_port | | !
      worker.advertise_addr | grpc://tts:1 | grpc://tts:1
      worker.advertise_addr | 'grpc://[::1]:65535' | grpc://[::1]:65535
      worker.advertise_addr | | none
      worker.advertise_addr | grpc://0.0.0.0:7001 | !
      worker.advertise_addr | 'grpc://[::]:7001' | !
      worker.advertise_addr | tts:7001 | !
      worker.advertise_addr | http://tts:7001 | !
      worker.advertise_addr | grpc://tts | !
      worker.advertise_addr | grpc://tts:0 | !
      worker.advertise_addr | grpc://tts:65536 | !
      worker.advertise_addr | grpc://tts:7001/x | !
      worker.drain_ms | 0 | 0
      worker.drain_ms | 3600000 | 3600000
      worker.drain_ms | 3600001 | !
      worker.drain_ms | -1 | !
      worker.drain_grace_ms | 0 | 0
      worker.drain_grace_ms | 3600000 | 3600000
      worker.drain_grace_ms | 3600001 | !
      worker.drain_grace_ms | -1 | !
      worker.capabilities.streaming | no | false
      worker.capabilities.streaming | 0 | !
      worker.capabilities.streaming | 'true' | !
      worker.capabilities.zero_shot | on | true
      worker.capabilities.zero_shot | maybe | !
      worker.capabilities.lora | TRUE | true
      worker.capabilities.lora | 1 | !
      worker.capabilities.cpu_ok | false | false
      worker.capabilities.cpu_ok | | !
      worker.capabilities.languages | [en, de-AT] | [en, de-AT]
      worker.capabilities.languages | ['no'] | [no]
      worker.capabilities.languages | | [en]
      worker.capabilities.languages | [no] | !
      worker.capabilities.languages | [] | !
      worker.capabilities.languages | en | !
      worker.capabilities.languages | [e] | !
      worker.capabilities.languages | [[en]] | !
      worker.capabilities.emotive_zero_prompt | true | true
      worker.capabilities.emotive_zero_prompt | 'on' | !
      worker.capabilities.max_concurrent_sessions | 1 | 1
      worker.capabilities.max_concurrent_sessions | 100000 | 100000
      worker.capabilities.max_concurrent_sessions | 0 | !
      worker.capabilities.max_concurrent_sessions | 100001 | !
      model_manager.default_model_id | Piper-EN | piper-en
      model_manager.default_model_id | piper | piper
      model_manager.default_model_id | %2$s | %2$s
      model_manager.default_model_id | %2$sa | !
      model_manager.default_model_id | ../piper | !
      model_manager.default_model_id | .piper | !
      model_manager.default_model_id | piper/en | !
      model_manager.default_model_id | '' | !
      model_manager.fallback_model_id | mock-440hz | mock-440hz
      model_manager.fallback_model_id | a b | !
      model_manager.preload_model_ids | [Piper, mock] | [piper, mock]
      model_manager.preload_model_ids | | []
      model_manager.preload_model_ids | piper | !
      model_manager.preload_model_ids | [piper, a/b] | !
      model_manager.ttl_ms | 0 | 0
      model_manager.ttl_ms | 2147483647 | 2147483647
      model_manager.ttl_ms | 2147483648 | !
      model_manager.ttl_ms | -1 | !
      model_manager.min_residency_ms | 0 | 0
      model_manager.min_residency_ms | 2147483647 | 2147483647
      model_manager.min_residency_ms | -1 | !
      model_manager.min_residency_ms | 2147483648 | !
      model_manager.evict_check_interval_ms | 10 | 10
      model_manager.evict_check_interval_ms | 9 | !
      model_manager.resident_cap | 1 | 1
      model_manager.resident_cap | 1000 | 1000
      model_manager.resident_cap | 0 | !
      model_manager.resident_cap | 1001 | !
      model_manager.max_parallel_loads | 1 | 1
      model_manager.max_parallel_loads | 64 | 64
      model_manager.max_parallel_loads | 0 | !
      model_manager.max_parallel_loads | 65 | !
      model_manager.warmup_enabled | off | false
      model_manager.warmup_enabled | never | !
      model_manager.warmup_text | Hello. | Hello.
      model_manager.warmup_text | '' | !
      model_manager.voicepack_root | /voices | /voices
      model_manager.voicepack_root | a/../b | /base/b
      model_manager.voicepack_root | '' | !
      model_manager.voicepack_root | "a\\0b" | !
      model_manager.aliases | {A: b} | {a: b}
      model_manager.aliases | {} | {}
      model_manager.aliases | {a/b: c} | !
      model_manager.aliases | {a: 5} | !
      model_manager.aliases | [a] | !
      voicepacks.auto_install | false | false
      voicepacks.auto_install | 2 | !
      voicepacks.piper_mirror | https://mirror/piper | https://mirror/piper
      voicepacks.piper_mirror | http://127.0.0.1:8080/v/ | http://127.0.0.1:8080/v/
      voicepacks.piper_mirror | http://mirror/piper | !
      voicepacks.piper_mirror | https://user:secret@mirror/ | !
      voicepacks.piper_mirror | https://mirror/?token=1 | !
      voicepacks.piper_mirror | /srv/voices | !
      synthesis.phrase_cache_mb | 65536 | 65536
      synthesis.phrase_cache_mb | -1 | !
      synthesis.phrase_cache_max_chars | 1000 | 1000
      synthesis.phrase_cache_max_chars | 0 | !
      synthesis.phonemes | builtin | builtin
      synthesis.phonemes | espeak-ng | !
      engine.device | CUDA | cuda
      engine.device | cpu | cpu
      engine.device | webgpu | webgpu
      engine.device | WebGPU_Software | webgpu_software
      engine.device | gpu | !
      engine.cpu_threads | 1 | 1
      engine.cpu_threads | 1024 | 1024
      engine.cpu_threads | -1 | !
      engine.cpu_threads | 1025 | !
      engine.gpu_device_id | 1023 | [1023]
      engine.gpu_device_id | [0, 2] | [0, 2]
      engine.gpu_device_id | [] | !
      engine.gpu_device_id | [0, x] | !
      engine.gpu_device_id | 1024 | !
      engine.gpu_device_id | -1 | !
      engine.gpu_mem_limit_mb | 1048576 | 1048576
      engine.gpu_mem_limit_mb | 1048577 | !
      engine.gpu_mem_limit_mb | -1 | !
      engine.nice | 0 | 0
      engine.nice | 19 | 19
      engine.nice | 20 | !
      engine.nice | -1 | !
      engine.gpu_tf32 | on | true
      engine.gpu_tf32 | half | !
      engine.gpu_largest_batch | 1 | 1
      engine.gpu_largest_batch | 64 | 64
      engine.gpu_largest_batch | 65 | !
      engine.gpu_largest_batch | 0 | !
      engine.webgpu_library | /opt/libwebgpu.so | /opt/libwebgpu.so
      engine.webgpu_library | '' | !
      engine.native_path | /opt/onnxruntime | /opt/onnxruntime
      engine.native_path | '' | !
      audio.output_sample_rate | 48000 | 48000
      audio.output_sample_rate | 24000 | !
      audio.frame_duration_ms | 20 | 20
      audio.frame_duration_ms | 10 | !
      audio.loudness_target_lufs | -23 | -23.0
      audio.loudness_target_lufs | -12.0 | -12.0
      audio.loudness_target_lufs | -23.01 | !
      audio.loudness_target_lufs | -11.9 | !
      audio.loudness_target_lufs | .nan | !
      audio.loudness_target_lufs | -.inf | !
      audio.loudness_target_lufs | '-16' | !
      audio.normalization_enabled | false | false
      audio.normalization_enabled | 0.0 | !
      synthesis.max_lead_ms | 100 | 100
      synthesis.max_lead_ms | 600000 | 600000
      synthesis.max_lead_ms | 99 | !
      synthesis.max_lead_ms | 3600001 | !
      text.normalize | false | false
      text.normalize | 0.0 | !
      text.say_emoji | true | true
      text.say_emoji | 1 | !
      text.markup | false | false
      text.markup | maybe | !
      text.lexicon_file | l | /base/l
      text.lexicon_file | '' | !
      text.max_wait_ms | 0 | 0
      text.max_wait_ms | 50 | 50
      text.max_wait_ms | 60000 | 60000
      text.max_wait_ms | 49 | !
      text.max_wait_ms | 60001 | !
      text.max_wait_ms | -1 | !
      text.pause_sentence_ms | 0 | 0
      text.pause_sentence_ms | 10000 | 10000
      text.pause_sentence_ms | -1 | !
      text.pause_sentence_ms | 10001 | !
      text.pause_comma_ms | 0 | 0
      text.pause_comma_ms | 2000 | 2000
      text.pause_comma_ms | -1 | !
      text.pause_comma_ms | 2001 | !
      text.pause_clause_ms | 0 | 0
      text.pause_clause_ms | 2000 | 2000
      text.pause_clause_ms | -1 | !
      text.pause_clause_ms | 2001 | !
      text.pause_line_ms | 0 | 0
      text.pause_line_ms | 10000 | 10000
      text.pause_line_ms | -1 | !
      text.pause_line_ms | 10001 | !
      text.pause_item_ms | 0 | 0
      text.pause_item_ms | 10000 | 10000
      text.pause_item_ms | -1 | !
      text.pause_item_ms | 10001 | !
      text.pause_heading_ms | 0 | 0
      text.pause_heading_ms | 10000 | 10000
      text.pause_heading_ms | -1 | !
      text.pause_heading_ms | 10001 | !
      text.pause_paragraph_ms | 0 | 0
      text.pause_paragraph_ms | 10000 | 10000
      text.pause_paragraph_ms | -1 | !
      text.pause_paragraph_ms | 10001 | !
      session.max_open | 1 | 1
      session.max_open | 1000000 | 1000000
      session.max_open | 0 | !
      session.max_open | 1000001 | !
      session.idle_ttl_ms | 1 | 1
      session.idle_ttl_ms | -1 | !
      session.implicit | yes | true
      session.implicit | 'true' | !
      session.max_pause_ms | 1 | 1
      session.max_pause_ms | 0 | !
      session.max_lexicons_mb | 65536 | 65536
      session.max_lexicons_mb | 0 | !
      admission.max_wait_ms | 0 | 0
      admission.max_wait_ms | 60000 | 60000
      admission.max_wait_ms | 60001 | !
      limits.max_open_calls | 1 | 1
      limits.max_open_calls | 0 | !
      limits.max_waiting_text_mb | 65536 | 65536
      limits.max_waiting_text_mb | 0 | !
      limits.max_chunk_chars | 1 | 1
      limits.max_chunk_chars | 1000000 | 1000000
      limits.max_chunk_chars | 0 | !
      limits.max_chunk_chars | 1000001 | !
      limits.max_call_chars | 10000000 | 10000000
      limits.max_call_chars | 10000001 | !
      limits.max_call_chars | 0 | !
      limits.max_connections | 1 | 1
      limits.max_connections | 1000000 | 1000000
      limits.max_connections | 0 | !
      limits.max_connections | 1000001 | !
      limits.max_connections_per_address | 1 | 1
      limits.max_connections_per_address | 1000000 | 1000000
      limits.max_connections_per_address | 0 | !
      limits.max_connections_per_address | 1000001 | !
      limits.wire_memory_mb | 8 | 8
      limits.wire_memory_mb | 1048576 | 1048576
      limits.wire_memory_mb | 7 | !
      limits.wire_memory_mb | 1048577 | !
      limits.wire_memory_mb_per_connection | 2 | 2
      limits.wire_memory_mb_per_connection | 1024 | 1024
      limits.wire_memory_mb_per_connection | 1 | !
      limits.wire_memory_mb_per_connection | 1025 | !
      limits.message_timeout_ms | 100 | 100
      limits.message_timeout_ms | 3600000 | 3600000
      limits.message_timeout_ms | 99 | !
      limits.message_timeout_ms | 3600001 | !
      limits.max_calls_per_connection | 1 | 1
      limits.max_calls_per_connection | 0 | !
      limits.max_calls_per_connection | 1000001 | !
      limits.max_resets | 1 | 1
      limits.max_resets | 0 | !
      limits.max_resets | 1000001 | !
      limits.reset_window_seconds | 3600 | 3600
      limits.reset_window_seconds | 0 | !
      limits.reset_window_seconds | 3601 | !
      limits.connection_age_ms | 0 | 0
      limits.connection_age_ms | -1 | !
      limits.connection_age_grace_ms | 0 | 0
      limits.connection_age_grace_ms | -1 | !
      limits.connection_idle_ms | 0 | 0
      limits.connection_idle_ms | -1 | !
      redis.enabled | false | false
      redis.enabled | perhaps | !
      redis.url | rediss://u:p@h:1/2 | rediss://***@h:1/2
      redis.url | redis://:p%%40@my_redis/ | redis://***@my_redis:6379
      redis.url | redis://[::1]:1 | redis://[::1]:1
      redis.url | http://h | !
      redis.url | redis:h | !
      redis.url | redis://h:0 | !
      redis.url | redis://h:65536 | !
      redis.url | redis://h/cache | !
      redis.url | redis://h?db=2 | !
      redis.url | redis://user@h | !
      redis.url | redis://u:p%%4@h | !
      redis.registration_ttl_seconds | 5 | 5
      redis.registration_ttl_seconds | 3600 | 3600
      redis.registration_ttl_seconds | 4 | !
      redis.registration_ttl_seconds | 3601 | !
      redis.heartbeat_interval_seconds | 1 | 1
      redis.heartbeat_interval_seconds | 300 | 300
      redis.heartbeat_interval_seconds | 0 | !
      redis.heartbeat_interval_seconds | 301 | !
      metrics.enabled | false | false
      metrics.enabled | 'x' | !
      metrics.host | 127.0.0.1 | 127.0.0.1
      metrics.host | 'a b' | !
      metrics.page | false | false
      metrics.page | maybe | !
      metrics.prometheus_port | 0 | 0
      metrics.prometheus_port | 1024 | 1024
      metrics.prometheus_port | 80 | !
      metrics.prometheus_port | 65536 | !
      metrics.prometheus_port | 7001 | !
      metrics.track_latency | false | false
      metrics.track_latency | [] | !
      metrics.track_rtf | false | false
      metrics.track_rtf | {} | !
      metrics.track_queue_depth | false | false
      metrics.track_queue_depth | nope | !
      logging.level | debug | DEBUG
      logging.level | CRITICAL | CRITICAL
      logging.level | TRACE | !
      logging.format | TEXT | text
      logging.format | xml | !
      logging.include_session_id | false | false
      logging.include_session_id | 0 | !
      logging.file | '' | none
      logging.file | log/w.log | /base/log/w.log
      logging.file | /l | /l
      logging.file | [] | !
      tls.cert_file | a.crt | !
      tls.key_file | a.key | !
      tls.client_ca_file | a.ca | !
      tls.client_ca_file | | none
      auth.tokens_file | t | /base/t
      clients.riva | false | false
      clients.riva | 2 | !
      clients.openai | false | false
      clients.openai | on | true
      clients.openai | 1 | !
      clients.piper | false | false
      clients.piper | 1 | !
      clients.wyoming_host | 0.0.0.0 | 0.0.0.0
      clients.wyoming_host | a b | !
      telemetry.otlp_endpoint | | none
      telemetry.otlp_endpoint | http://c:4318 | http://c:4318
      telemetry.otlp_endpoint | https://c/otlp | https://c/otlp
      telemetry.otlp_endpoint | c:4318 | !
      telemetry.otlp_endpoint | grpc://c:4317 | !
      telemetry.otlp_endpoint | http://user:secret@c:4318 | !
      telemetry.service_name | a | a
      telemetry.service_name | '' | !
      telemetry.sample_ratio | 0 | 0.0
      telemetry.sample_ratio | 1.0 | 1.0
      telemetry.sample_ratio | 1.1 | !
      telemetry.sample_ratio | -0.1 | !
      clients.wyoming_port | 0 | 0
      clients.wyoming_port | 1023 | !
      clients.wyoming_port | 1024 | 1024
      clients.wyoming_port | 7001 | !
      clients.wyoming_port | 9090 | !
      clients.wyoming_port | 65535 | 65535
      clients.wyoming_port | 65536 | !
      clients.foreign_voices | false | false
      clients.foreign_voices | maybe | !
      clients.max_lead_ms | 99 | !
      clients.max_lead_ms | 100 | 100
      clients.max_lead_ms | 600000 | 600000
      clients.max_lead_ms | 600001 | !
      auth.tokens_file | '' | !
      """
          .formatted("n".repeat(100), ID_128);

  @TempDir Path folder;

  static Stream<List<String>> rows() {
    return TABLE
        .lines()
        .map(row -> Stream.of(row.split("\\|", -1)).map(String::strip).toList())
        .peek(row -> assertEquals(3, row.size(), row::toString));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void bound(List<String> row) {
    String key = row.getFirst();
    ConfigLoads loads = new ConfigLoads(folder);
    List<ConfigProblem> problems = loads.problems(nested(key, row.get(1)));
    if (row.get(2).equals("!")) {
      assertEquals(1, problems.size(), problems::toString);
      assertEquals(key.split("\\.").length, problems.getFirst().line());
      assertTrue(problems.getFirst().keyPath().startsWith(key), problems::toString);
      assertTrue(problems.getFirst().describe().lines().count() == 1, problems::toString);
    } else {
      assertEquals(List.of(), problems);
      WorkerConfig config = loads.load(nested(key, row.get(1)));
      assertTrue(EffectiveConfig.lines(config).contains(key + ": " + row.get(2)), key);
    }
  }

  @Test
  void everyKeyHasGoodAndBadRows() {
    Set<String> good = new HashSet<>();
    Set<String> bad = new HashSet<>();
    rows().forEach(row -> (row.get(2).equals("!") ? bad : good).add(row.getFirst()));
    Set<String> keys = new HashSet<>();
    ConfigLoader.keys().forEach(key -> keys.add(key.path()));
    assertEquals(keys, bad);
    // A certificate and its key go together, see certificateAndKeyGoTogether.
    good.addAll(List.of("tls.cert_file", "tls.key_file"));
    assertEquals(keys, good);
  }

  @Test
  void threadsDefaultToCores() {
    int cores = Runtime.getRuntime().availableProcessors();
    WorkerConfig config = new ConfigLoads(folder).load("engine: {cpu_threads: 0}");
    assertEquals(cores, config.engine().cpuThreads());
    assertEquals(cores, ConfigLoads.defaults().engine().cpuThreads());
  }

  @Test
  void certificateAndKeyGoTogether() {
    ConfigLoads loads = new ConfigLoads(folder);
    TlsSettings tls =
        loads.load("tls: {cert_file: a.crt, key_file: /b.key, client_ca_file: c/ca}").tls();
    assertEquals(Optional.of(Path.of("/base/a.crt")), tls.certFile());
    assertEquals(Optional.of(Path.of("/b.key")), tls.keyFile());
    assertEquals(Optional.of(Path.of("/base/c/ca")), tls.clientCaFile());
  }

  @Test
  void tokensInClearTextOverANetworkAreAWarning() {
    ConfigLoads loads = new ConfigLoads(folder);
    String tokens = "auth: {tokens_file: t}\n";
    for (String open : List.of("0.0.0.0", "tts.example", "'::'")) {
      List<String> warnings = loads.load(tokens + "grpc: {host: " + open + "}").warnings();
      assertEquals(1, warnings.size(), open);
      assertTrue(warnings.getFirst().contains("auth.tokens_file is set without tls.cert_file"));
    }
    for (String own : List.of("localhost", "127.0.0.1", "'::1'")) {
      assertEquals(List.of(), loads.load(tokens + "grpc: {host: " + own + "}").warnings(), own);
    }
    assertEquals(
        List.of(), loads.load(tokens + "tls: {cert_file: a.crt, key_file: a.key}").warnings());
  }

  private static String nested(String key, String value) {
    StringBuilder yaml = new StringBuilder();
    String[] parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      yaml.append("  ".repeat(i)).append(parts[i]).append(':');
      yaml.append(i == parts.length - 1 ? " " + value : "").append('\n');
    }
    return yaml.toString();
  }
}
