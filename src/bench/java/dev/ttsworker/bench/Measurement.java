package dev.ttsworker.bench;

import dev.ttsworker.bench.ServerUnderTest.Role;
import dev.ttsworker.bench.client.GrpcTarget;
import dev.ttsworker.bench.load.BargeInLoad;
import dev.ttsworker.bench.load.CapacitySearch;
import dev.ttsworker.bench.load.ClosedLoad;
import dev.ttsworker.bench.load.ConversationLoad;
import dev.ttsworker.bench.load.TestBed;
import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.ClosedResult;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One server with one set of sentences, under all loads that are asked for. Used once.
final class Measurement {
  private static final int WARM_UP_STREAMS = 2;
  private static final Duration SHORTEST_SEARCH = Duration.ofSeconds(10);
  private static final int SEARCH_SHARE = 4;
  private static final double EASED = 0.8;

  private final BenchPlan plan;
  private final ServerUnderTest server;
  private final String address;
  private final TestBed bed;
  private final OptionalInt heldBySubject;
  private final List<ClosedResult> closed = new ArrayList<>();
  private final List<ConversationResult> conversations = new ArrayList<>();
  private OptionalInt capacity = OptionalInt.empty();
  private OptionalDouble ideal = OptionalDouble.empty();
  private Optional<BargeInResult> bargeIn = Optional.empty();

  /// @param heldBySubject conversations that the first server held with the same sentences; empty
  ///   when this is the first
  Measurement(
      BenchPlan plan,
      ServerUnderTest server,
      String address,
      TestBed bed,
      OptionalInt heldBySubject) {
    this.plan = plan;
    this.server = server;
    this.address = address;
    this.bed = bed;
    this.heldBySubject = heldBySubject;
  }

  TargetReport run() throws InterruptedException {
    Optional<String> problem = Optional.empty();
    try {
      warmUp();
      if (server.role() == Role.COST_OF_WHOLE_GRAPH) {
        costOfWholeGraph();
      } else {
        allLoads();
      }
    } catch (WorkerException e) {
      bed.progress().note(bed.title() + ": " + e.getMessage());
      problem = Optional.of(e.getMessage());
    }
    return new TargetReport(
        server.source().name(),
        address,
        bed.sentences().name(),
        closed,
        conversations,
        capacity,
        ideal,
        bargeIn,
        problem);
  }

  /// Lets the server compile and fill its caches; nothing of it counts.
  private void warmUp() throws InterruptedException {
    var _ = new ClosedLoad(bed, plan.warmUp(), Integer.MAX_VALUE).run(WARM_UP_STREAMS);
  }

  private void allLoads() throws InterruptedException {
    if (plan.loads().contains(Load.CLOSED)) {
      for (int streams : plan.streams()) {
        closed.add(closedLoad().run(streams));
      }
    }
    if (plan.loads().contains(Load.CONVERSATION)) {
      converse();
    }
    if (plan.loads().contains(Load.BARGE_IN) && bed.target() instanceof GrpcTarget worker) {
      int streams = capacity.isPresent() ? eased(capacity) : Collections.max(plan.streams());
      bargeIn = Optional.of(new BargeInLoad(bed, worker).run(Math.max(1, streams), plan.length()));
    }
  }

  private ClosedLoad closedLoad() {
    return new ClosedLoad(bed, plan.length(), plan.mostSentences());
  }

  private void converse() throws InterruptedException {
    for (int streams : plan.conversations()) {
      converse(Purpose.GIVEN, streams, plan.length());
    }
    if (plan.conversations().isEmpty()) {
      capacity = OptionalInt.of(search());
      furtherConversations();
    }
  }

  private int search() throws InterruptedException {
    Duration share = plan.length().dividedBy(SEARCH_SHARE);
    Duration brief = share.compareTo(SHORTEST_SEARCH) < 0 ? SHORTEST_SEARCH : share;
    Duration shorter = brief.compareTo(plan.length()) < 0 ? brief : plan.length();
    return new CapacitySearch(plan.mostConversations())
        .largest(
            streams -> converse(Purpose.SEARCH, streams, shorter).held(),
            streams -> converse(Purpose.CONFIRMATION, streams, plan.length()).held());
  }

  private void furtherConversations() throws InterruptedException {
    if (server.role() == Role.SUBJECT) {
      if (capacity.orElse(0) > 0) {
        converse(Purpose.EASED, eased(capacity), plan.length());
        converse(Purpose.OVERLOAD, 2 * capacity.orElse(0), plan.length());
      }
    } else if (heldBySubject.orElse(0) > 0) {
      converse(Purpose.SAME_LOAD, heldBySubject.orElse(0), plan.length());
      if (server.role() == Role.REFERENCE) {
        converse(Purpose.SAME_LOAD, eased(heldBySubject), plan.length());
        converse(Purpose.SAME_LOAD, 2 * heldBySubject.orElse(0), plan.length());
      }
    }
  }

  private static int eased(OptionalInt count) {
    return (int) Math.max(1, Math.floor(EASED * count.orElse(0)));
  }

  private ConversationResult converse(Purpose purpose, int streams, Duration length)
      throws InterruptedException {
    ConversationResult result =
        new ConversationLoad(bed, plan.warmUp()).run(purpose, streams, length);
    conversations.add(result);
    return result;
  }

  private void costOfWholeGraph() throws InterruptedException {
    if (bed.target() instanceof GrpcTarget worker) {
      Map<String, Double> before = worker.figures();
      closed.add(closedLoad().run(1));
      ideal = ideal(before, worker.figures(), Runtime.getRuntime().availableProcessors());
    }
  }

  /// How many conversations `cores` could hold if nothing else cost anything.
  static OptionalDouble ideal(Map<String, Double> before, Map<String, Double> after, int cores) {
    double audio = grown("audio_seconds", before, after);
    double inference = grown("inference_seconds", before, after);
    return audio > 0 && inference > 0
        ? OptionalDouble.of(cores * audio / inference)
        : OptionalDouble.empty();
  }

  /// 0 when the server does not tell it.
  private static double grown(
      String figure, Map<String, Double> before, Map<String, Double> after) {
    return after.getOrDefault(figure, 0.0) - before.getOrDefault(figure, 0.0);
  }
}
