/// Wyoming protocol of Home Assistant on a port of its own: its events to calls and back.
@NullMarked
package dev.ttsworker.wyoming;

import org.jspecify.annotations.NullMarked;
