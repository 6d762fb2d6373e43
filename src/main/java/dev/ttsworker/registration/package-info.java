/// Tells readers of Redis that this worker can speak, and where.
///
/// Uses: config; Jedis, Jackson, org.slf4j.
@NullMarked
package dev.ttsworker.registration;

import org.jspecify.annotations.NullMarked;
