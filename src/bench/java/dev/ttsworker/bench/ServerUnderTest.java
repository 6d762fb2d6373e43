package dev.ttsworker.bench;

import dev.ttsworker.bench.server.ServerSource;

/// A server and what it is measured for.
public record ServerUnderTest(ServerSource source, Role role) {

  /// What a server is measured for.
  public enum Role {
    /// The worker itself: all loads, also below and beyond what it holds.
    SUBJECT,
    /// Another design of the worker: all loads, also at those of the subject.
    REFERENCE,
    /// Only what the whole graph costs: the closed load with one stream.
    COST_OF_WHOLE_GRAPH,
    /// Somebody else's server: all loads, also as many conversations as the subject holds.
    PEER
  }
}
