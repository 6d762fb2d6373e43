/// Reads and cuts model files.
@NullMarked
package dev.ttsworker.engine.graph;

import org.jspecify.annotations.NullMarked;
