/// What a benchmark found as one HTML file that needs nothing else.
@NullMarked
package dev.ttsworker.bench.html;

import org.jspecify.annotations.NullMarked;
