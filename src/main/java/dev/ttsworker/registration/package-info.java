/// Registration with Redis: heartbeats, and verification of the record.
@NullMarked
package dev.ttsworker.registration;

import org.jspecify.annotations.NullMarked;
