/// TCP ports: opened with one thread each, closed with all their connections.
@NullMarked
package dev.ttsworker.net;

import org.jspecify.annotations.NullMarked;
