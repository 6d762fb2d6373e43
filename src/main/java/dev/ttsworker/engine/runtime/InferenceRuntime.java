package dev.ttsworker.engine.runtime;

import dev.ttsworker.engine.Device;
import java.nio.file.Path;

/// Inference runtime: loads graphs. [OrtRuntime], or a fake in tests. Thread-safe.
public interface InferenceRuntime {
  /// CPU threads of a run of an urgent graph.
  int URGENT_THREADS = 2;

  /// Result of the probe at the start.
  Device device();

  /// Most concurrent runs on the CPU.
  int cpuThreads();

  /// Most memory of each accelerator for all sessions on it together; 0 for no limit.
  long acceleratorMemoryBytes();

  /// What stages are opened for on accelerators.
  DeviceShapes shapes();

  String version();

  /// Whether products of unsigned and signed bytes are inexact on this CPU, so that quantized
  /// weights must be unsigned.
  boolean saturates();

  /// Graphs in memory: loaded and not yet freed.
  int loadedGraphs();

  /// Buffers that runs have borrowed; 0 while nothing runs.
  int borrowedBuffers();

  /// Loads a graph that runs on one CPU thread per run: throughput comes from concurrent runs.
  ///
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadOnCpu(Path model);

  /// Loads a graph that runs on [#URGENT_THREADS] CPU threads: for the first audio on an idle
  /// machine. Its results are the same to the bit, its runs need more CPU time in total.
  ///
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadUrgent(Path model);

  /// Writes a graph as the CPU runs it, with its nodes fused: large ones load in a tenth of the
  /// time then, and give the same results to the bit. It is for this [#version] alone, on any CPU.
  ///
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  void optimize(Path model, Path target);

  /// Loads a graph onto an accelerator.
  ///
  /// @param id one of [Device#ids]
  /// @param nodes where its nodes may run
  /// @param memoryLimitBytes most memory of the accelerator for this graph; 0 for no limit
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED`, naming the file
  Graph loadOnAccelerator(Path model, int id, Nodes nodes, long memoryLimitBytes);

  /// Placement of the nodes of a graph on an accelerator.
  enum Nodes {
    /// All on the accelerator, or the load fails: copies between devices would cost more than the
    /// accelerator gains.
    ALL_ON_DEVICE,
    /// Nodes that the accelerator does not support run on the CPU.
    SOME_ON_CPU
  }
}
