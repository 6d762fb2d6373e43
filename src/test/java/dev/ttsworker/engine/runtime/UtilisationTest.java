package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class UtilisationTest {
  @Test
  void shareFollowsWhatIsUsedAndFadesWhenIdle() {
    try (Scheduler scheduler =
        new Scheduler(
            SchedulingOrder.EARLIEST_DEADLINE_FIRST, 2, Thread.ofPlatform().daemon().factory())) {
      AtomicLong now = new AtomicLong();
      Utilisation utilisation = new Utilisation(scheduler, now::get);
      assertEquals(0, utilisation.share());
      long busy = scheduler.busyNanos();
      while (scheduler.busyNanos() == busy) {
        scheduler.run(0, new CancellationToken(), _ -> Thread.currentThread().getName());
      }
      now.addAndGet(Math.max(1, scheduler.busyNanos() / 2));
      utilisation.sample();
      double used = utilisation.share();
      assertTrue(used > 0 && used <= 1, used + " used");
      now.addAndGet(1_000_000_000);
      utilisation.sample();
      assertEquals(0.7 * used, utilisation.share(), 1e-3);
    }
  }
}
