/// What a benchmark found, as plain records with their units in their names.
@NullMarked
package dev.ttsworker.bench.report;

import org.jspecify.annotations.NullMarked;
