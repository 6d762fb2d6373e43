package dev.ttsworker.session;

/// Admission gate of calls, passed before the first computation and after each stall.
@FunctionalInterface
interface AdmissionGate {
  /// Blocks the call's thread until the call may go on and [Call#admit] was called.
  ///
  /// @throws dev.ttsworker.error.WorkerException `NO_CAPACITY`, `CALL_CANCELLED`
  void pass(Call call);
}
