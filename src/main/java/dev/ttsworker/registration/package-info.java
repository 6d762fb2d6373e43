/// Service registration in Redis, and its verification.
@NullMarked
package dev.ttsworker.registration;

import org.jspecify.annotations.NullMarked;
