package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.Device;
import java.nio.file.Path;

/// Brings graphs into memory: [OrtRuntime], or what a test puts in its place. Thread-safe.
public interface InferenceRuntime {
  /// Of graphs that are loaded for the first sound.
  int URGENT_THREADS = 2;

  /// What the probe at the start found.
  Device device();

  /// How many runs there are at once on the CPU, at most.
  int cpuThreads();

  /// Most memory of each accelerator that the sessions on it may have together; 0 for no limit.
  long acceleratorMemoryBytes();

  String version();

  /// Graphs in memory: loaded and not yet freed.
  int loadedGraphs();

  /// Buffers that runs have borrowed and not yet given back; 0 while nothing runs.
  int borrowedBuffers();

  /// Loads a graph to run on one CPU thread per run: throughput comes from several workers.
  ///
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadOnCpu(Path model);

  /// Loads a graph to run on [#URGENT_THREADS] CPU threads: for the first sound on a machine with
  /// nothing else to do. Its results are the same to the bit, its runs are dearer altogether.
  ///
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadUrgent(Path model);

  /// Loads a graph onto an accelerator.
  ///
  /// @param id one of [Device#ids]
  /// @param nodes where its nodes may run
  /// @param memoryLimitBytes most memory of the accelerator for this graph; 0 for no limit
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes);

  /// Where the nodes of a graph on an accelerator may run.
  enum Nodes {
    /// All on the accelerator, or the graph is not loaded: copies to and fro would cost more than
    /// it gains.
    ALL_ON_DEVICE,
    /// Those that the accelerator does not know run on the CPU.
    SOME_ON_CPU
  }
}
