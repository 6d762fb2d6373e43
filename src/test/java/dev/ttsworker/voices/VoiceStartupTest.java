package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.Voicepack;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class VoiceStartupTest {
  private static final Voicepack TONE =
      new Voicepack("mock-440hz", "mock", Optional.empty(), List.of(), Map.of());

  @TempDir Path home;
  private final List<Thread> begun = new ArrayList<>();
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final FakeVoice voice = new FakeVoice(TONE, Placement.CPU, new FakeLoader());

  @Test
  void voiceIsThereWhenThePortsAre() throws Exception {
    try (ModelFixture models = new ModelFixture();
        VoiceStartup startup = startup("mock-440hz", false)) {
      CompletableFuture<Voice> waiting = load(startup);
      assertFalse(waiting.isDone());
      startup.opened(models.models());
      assertSame(voice, waiting.join());
    }
  }

  @Test
  void loadsEndWithAStartThatFails() throws Exception {
    CompletableFuture<Voice> waiting;
    try (VoiceStartup startup = startup("mock-440hz", false)) {
      waiting = load(startup);
      assertFalse(waiting.isDone());
    }
    assertSame(voice, waiting.join());
  }

  @Test
  void installedVoiceIsLoadedWhileThePortsAreOpened() {
    try (ModelFixture models = new ModelFixture();
        VoiceStartup startup = startup("mock-440hz", true)) {
      startup.opening(models.models());
      assertEquals(1, begun.size());
      startup.opened(models.models());
      assertEquals(1, begun.size());
    }
  }

  @Test
  void missingVoiceIsInstalledOnceThePortsAreOpen() {
    try (ModelFixture models = new ModelFixture();
        VoiceStartup startup = startup("hibari-en-us-heart", true)) {
      startup.opening(models.models());
      assertEquals(0, begun.size());
      startup.opened(models.models());
      assertEquals(1, begun.size());
    }
  }

  /// A load in a thread of its own, which waits when this returns.
  private CompletableFuture<Voice> load(VoiceStartup startup) throws InterruptedException {
    CompletableFuture<Voice> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() ->
                result.complete(
                    startup
                        .withPorts((pack, placement) -> {
                          loaded.countDown();
                          return voice;
                        })
                        .load(TONE, Placement.CPU)));
    loaded.await();
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    return result;
  }

  /// Its threads are made and never run.
  private VoiceStartup startup(String defaultModel, boolean autoInstall) {
    ModelSettings settings =
        new ModelSettings(
            defaultModel,
            defaultModel,
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(1),
            1,
            1,
            false,
            "a",
            home,
            Map.of(),
            autoInstall,
            URI.create("http://127.0.0.1:1/"));
    return new VoiceStartup(
        settings,
        new Installation(Path.of("").toAbsolutePath(), home),
        InstallProgress.none(),
        new Readiness(),
        task -> {
          Thread thread = new Thread(() -> {});
          begun.add(thread);
          return thread;
        });
  }
}
