package dev.ttsworker.inference.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.InferenceRuntime.Nodes;
import dev.ttsworker.inference.Tensor;
import dev.ttsworker.inference.device.Accelerator.State;
import dev.ttsworker.model.FakeTimer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AcceleratorTest {
  private final FakeTimer timer = new FakeTimer();
  private final Accelerator accelerator =
      new Accelerator(0, () -> 0, Thread.ofPlatform().daemon().factory(), timer, () -> {});
  private final Replica stage =
      new Replica(
          new StageSpec(
              "test",
              "in",
              1,
              Optional.empty(),
              Map.of(),
              "out",
              Shape.of(1, 1, 1),
              new TreeSet<>(List.of(2)),
              Nodes.ALL_ON_DEVICE),
          Copying::new);
  private volatile String loadFailure = "";
  private volatile String runFailure = "";

  @BeforeEach
  void load() {
    accelerator.add(stage);
  }

  @AfterEach
  void close() {
    accelerator.close();
  }

  @Test
  void restsForLongerWhileItsSessionsDoNotOpen() throws Exception {
    loadFailure = "no sessions";
    fail("broken");
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertEquals(List.of(Duration.ofSeconds(seconds)), timer.delays());
      assertEquals(State.RESTING, accelerator.condition().state());
      assertEquals("broken", accelerator.condition().reason());
      timer.advance(Duration.ofSeconds(seconds));
    }
    loadFailure = "";
    timer.advance(Duration.ofSeconds(60));
    assertEquals(State.WORKING, accelerator.condition().state());
    assertEquals(List.of(), timer.delays());
  }

  @Test
  void restsForLongerWhenItOpensAndFailsAgain() throws Exception {
    for (int seconds : new int[] {1, 2, 4}) {
      fail("broken");
      assertEquals(List.of(Duration.ofSeconds(seconds)), timer.delays());
      timer.advance(Duration.ofSeconds(seconds));
      assertEquals(State.WORKING, accelerator.condition().state());
    }
  }

  @Test
  void restIsShortAgainOnceABatchWentWell() throws Exception {
    fail("broken");
    timer.advance(Duration.ofSeconds(1));
    fail("broken");
    timer.advance(Duration.ofSeconds(2));
    runFailure = "";
    assertArrayEquals(new float[] {1, 1}, submit().get());
    fail("broken");
    assertEquals(List.of(Duration.ofSeconds(1)), timer.delays());
  }

  @Test
  void brokenContextIsNotTriedAgain() throws Exception {
    fail("CUDA failure 2: out of memory");
    assertEquals("CUDA out of memory", accelerator.condition().reason());
    loadFailure = "CUDA error 700";
    timer.advance(Duration.ofSeconds(1));
    assertEquals(State.LOST, accelerator.condition().state());
    assertEquals("CUDA error 700", accelerator.condition().reason());
    assertEquals(List.of(), timer.delays());
  }

  private void fail(String reason) {
    runFailure = reason;
    assertThrows(ExecutionException.class, () -> submit().get());
  }

  private CompletableFuture<float[]> submit() {
    CompletableFuture<float[]> made = new CompletableFuture<>();
    accelerator.submit(new Row(stage, 2, new float[] {1, 1}, new float[0], Map.of(), 0, made));
    return made;
  }

  /// Gives back what it is given; the runs of the opening, which are of zeros, do not fail.
  private final class Copying implements Graph {
    Copying() {
      if (!loadFailure.isEmpty()) {
        throw new WorkerException(ErrorCode.MODEL_LOAD_FAILED, loadFailure);
      }
    }

    @Override
    public <T> T run(
        Map<String, Tensor> inputs,
        String outputName,
        long[] outputShape,
        CancelSignal cancel,
        Function<FloatBuffer, T> reader) {
      float[] values = ((FloatTensor) Objects.requireNonNull(inputs.get("in"))).values();
      if (values[0] != 0 && !runFailure.isEmpty()) {
        throw new WorkerException(ErrorCode.INFERENCE_FAILED, runFailure);
      }
      return reader.apply(FloatBuffer.wrap(values));
    }

    @Override
    public Set<String> inputNames() {
      return Set.of("in");
    }

    @Override
    public Set<String> outputNames() {
      return Set.of("out");
    }

    @Override
    public Map<String, FloatTensor> run(
        Map<String, Tensor> inputs, Set<String> outputNames, CancelSignal cancel) {
      throw new UnsupportedOperationException("accelerators run in known shapes");
    }

    @Override
    public void close() {}
  }
}
