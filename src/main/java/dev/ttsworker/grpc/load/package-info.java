/// Load reports to balancers (ORCA): out of band for those that subscribe, and with the trailers of
/// each call.
@NullMarked
package dev.ttsworker.grpc.load;

import org.jspecify.annotations.NullMarked;
