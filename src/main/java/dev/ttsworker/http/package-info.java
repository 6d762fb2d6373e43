/// HTTP port: metrics, probes, and the page.
@NullMarked
package dev.ttsworker.http;

import org.jspecify.annotations.NullMarked;
