/** What a mini-batch goes through: leases, attempts, retries, fencing; pure. */
@NullMarked
package dev.windrow.engine.minibatch;

import org.jspecify.annotations.NullMarked;
