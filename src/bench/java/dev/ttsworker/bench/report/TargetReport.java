package dev.ttsworker.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How one server did with one set of sentences.
///
/// @param name `worker`, `fcfs`, `whole` or the name given with the server
/// @param sentenceSet which sentences it spoke
/// @param closed one for each number of streams; empty when that load was not run
/// @param conversations every run of that load in order, those of the search too
/// @param capacity the largest number of conversations that held; empty when not searched
/// @param idealConversations cores divided by what one second of audio costs when the whole graph
///   runs on one thread; only for `whole`, and only when the server tells its inference time
/// @param bargeIn empty when not run, or when the server has no such commands
/// @param problem why the rest is missing, when the server could not be measured to the end
public record TargetReport(
    String name,
    String address,
    String sentenceSet,
    List<ClosedResult> closed,
    List<ConversationResult> conversations,
    OptionalInt capacity,
    OptionalDouble idealConversations,
    Optional<BargeInResult> bargeIn,
    Optional<String> problem) {

  public TargetReport {
    closed = List.copyOf(closed);
    conversations = List.copyOf(conversations);
  }
}
