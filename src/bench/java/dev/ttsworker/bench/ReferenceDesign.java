package dev.ttsworker.bench;

import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.engine.EngineOptions.Streaming;

/// Designs of the engine that the product's is compared with.
enum ReferenceDesign {
  /// As the product, but jobs run in the order in which they came.
  FIRST_COME_FIRST_SERVED,
  /// As the product, but each sentence is computed wholly before its audio leaves.
  WHOLE_SENTENCES;

  EngineOptions of(EngineOptions product) {
    return switch (this) {
      case FIRST_COME_FIRST_SERVED -> product.with(SchedulingOrder.FIFO);
      case WHOLE_SENTENCES -> product.with(Streaming.WHOLE_SENTENCES);
    };
  }
}
