package dev.ttsworker.bench.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.session.PlayoutClock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BalancerTest {
  private static final long SECOND = 1_000_000_000;

  private final Agenda agenda = new Agenda();
  private final List<ModelWorker> workers = Plans.idleWorkers(agenda, 4);

  private static int[] spread(Balancer balancer, List<ModelWorker> workers, int calls) {
    int[] counts = new int[workers.size()];
    for (int i = 0; i < calls; i++) {
      counts[balancer.pick(workers, _ -> true, i).number()]++;
    }
    return counts;
  }

  private Balancer balancer(Policy policy) {
    return policy.balancer(agenda, new SplittableRandom(1));
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyPolicySpreadsCallsOverIdleWorkers(Policy policy) {
    int tolerance = policy == Policy.HASH || policy == Policy.TWO_CHOICES ? 300 : 1;
    for (int count : spread(balancer(policy), workers, 4000)) {
      assertEquals(1000, count, tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void everyPolicyPassesByTheWorkerThatRefused(Policy policy) {
    Balancer balancer = balancer(policy);
    for (int i = 0; i < 100; i++) {
      assertNotEquals(2, balancer.pick(workers, worker -> worker.number() != 2, i).number());
    }
  }

  @Test
  void leastRequestTakesTheWorkerWithTheFewestCalls() {
    for (int number = 0; number < 4; number++) {
      for (int i = 0; number != 1 && i < 3; i++) {
        open(workers.get(number));
      }
    }
    open(workers.get(1));
    assertEquals(1, balancer(Policy.LEAST_REQUEST).pick(workers, _ -> true, 0).number());
  }

  @Test
  void twoChoicesAvoidTheBusiestWorker() {
    for (int i = 0; i < 5; i++) {
      open(workers.get(3));
    }
    // It is taken only when it is drawn twice: one time in 16.
    assertEquals(250, spread(balancer(Policy.TWO_CHOICES), workers, 4000)[3], 60);
  }

  /// As Envoy and gRPC did with 0.9 and 0.1 of the same rate: 20 and 180 of 200 calls.
  @Test
  void orcaWeighsByRateOverUtilization() {
    Balancer balancer = balancer(Policy.ORCA);
    List<ModelWorker> two = workers.subList(0, 2);
    report(balancer, two, 0.9, 0.1);
    int[] counts = spread(balancer, two, 200);
    assertEquals(20, counts[0], 1);
    assertEquals(180, counts[1], 1);
  }

  @Test
  void orcaCountsAWorkerInItsBlackoutAsAverage() {
    Balancer balancer = balancer(Policy.ORCA);
    report(balancer, workers.subList(0, 2), 0.5, 0.5);
    balancer.report(workers.get(2), 10, 0.01);
    agenda.runUntil(agenda.nowNanos() + 2 * SECOND);
    assertEquals(100, spread(balancer, workers.subList(0, 3), 300)[2], 1);
    agenda.runUntil(agenda.nowNanos() + 10 * SECOND);
    assertTrue(spread(balancer, workers.subList(0, 3), 300)[2] > 280);
  }

  private void report(Balancer balancer, List<ModelWorker> two, double one, double other) {
    balancer.report(two.get(0), 10, one);
    balancer.report(two.get(1), 10, other);
    agenda.runUntil(agenda.nowNanos() + 11 * SECOND);
  }

  @Test
  void hashKeepsAConversationOnItsWorkerWhenAnotherOneGoes() {
    Balancer balancer = balancer(Policy.HASH);
    List<ModelWorker> three = workers.subList(0, 3);
    for (int conversation = 0; conversation < 200; conversation++) {
      ModelWorker first = balancer.pick(workers, _ -> true, conversation);
      assertSame(first, balancer.pick(workers, _ -> true, conversation));
      if (first.number() < 3) {
        assertSame(first, balancer.pick(three, _ -> true, conversation));
      }
    }
  }

  private static void open(ModelWorker worker) {
    worker.open(
        Script.of(60),
        new ModelCall.CallListener() {
          @Override
          public void admitted(long waitedNanos) {}

          @Override
          public void audio(PlayoutClock playout, int frames, boolean late) {}

          @Override
          public void complete(PlayoutClock playout) {}

          @Override
          public void refused() {}

          @Override
          public void lost(PlayoutClock playout) {}
        },
        _ -> {});
  }
}
