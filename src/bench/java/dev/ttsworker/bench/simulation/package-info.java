/// Discrete-event simulation of a fleet: workers, balancers, conversations, faults, autoscaling.
@NullMarked
package dev.ttsworker.bench.simulation;

import org.jspecify.annotations.NullMarked;
