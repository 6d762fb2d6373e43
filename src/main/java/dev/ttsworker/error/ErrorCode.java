package dev.ttsworker.error;

/// Error codes: the closed list of this worker's failures. The constant's name is the `reason` that
/// clients see in `google.rpc.ErrorInfo`; `proto/README.md` has the same table.
public enum ErrorCode {
  /// A required field is empty.
  MISSING_FIELD(Kind.INVALID_ARGUMENT),
  /// A field has a value that is not allowed.
  INVALID_FIELD(Kind.INVALID_ARGUMENT),
  /// More text than `limits.*` allows.
  TEXT_TOO_LONG(Kind.INVALID_ARGUMENT),
  /// Bytes that are not the message the method expects.
  MALFORMED_REQUEST(Kind.INVALID_ARGUMENT),
  /// A message exceeds the size limit.
  MESSAGE_TOO_LARGE(Kind.INVALID_ARGUMENT),
  /// Headers exceed the size limit.
  METADATA_TOO_LARGE(Kind.INVALID_ARGUMENT),
  /// The call carries no valid token.
  UNAUTHENTICATED(Kind.UNAUTHENTICATED),
  /// No open session has this id.
  SESSION_NOT_FOUND(Kind.NOT_FOUND),
  /// No installed voicepack has this id.
  MODEL_NOT_FOUND(Kind.NOT_FOUND),
  /// No capacity now; trying later may help.
  NO_CAPACITY(Kind.RESOURCE_EXHAUSTED),
  /// A memory budget of this worker is exhausted; trying later may help.
  BUDGET_EXCEEDED(Kind.RESOURCE_EXHAUSTED),
  /// A voicepack is present but invalid.
  INVALID_VOICEPACK(Kind.UNAVAILABLE),
  /// A voicepack could not be loaded into the runtime.
  MODEL_LOAD_FAILED(Kind.UNAVAILABLE),
  /// No voice has been loaded yet.
  MODEL_LOADING(Kind.UNAVAILABLE),
  /// The worker is shutting down.
  DRAINING(Kind.UNAVAILABLE),
  /// The caller disconnected or cancelled.
  CALL_CANCELLED(Kind.CANCELLED),
  /// The caller's deadline passed.
  CALL_DEADLINE_EXCEEDED(Kind.DEADLINE_EXCEEDED),
  /// The configuration cannot be used.
  INVALID_CONFIGURATION(Kind.INVALID_ARGUMENT),
  /// The inference runtime failed while running a graph.
  INFERENCE_FAILED(Kind.INTERNAL),
  /// A voice could not be downloaded or verified.
  INSTALL_FAILED(Kind.UNAVAILABLE),
  /// Internal error of this worker.
  INTERNAL(Kind.INTERNAL);

  /// Category by what the caller can do; one for each gRPC status that this worker sends.
  public enum Kind {
    INVALID_ARGUMENT,
    UNAUTHENTICATED,
    NOT_FOUND,
    RESOURCE_EXHAUSTED,
    UNAVAILABLE,
    CANCELLED,
    DEADLINE_EXCEEDED,
    INTERNAL
  }

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
