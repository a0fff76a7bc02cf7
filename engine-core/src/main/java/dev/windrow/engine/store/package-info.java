/** Port to the ledger, and its rows. */
@NullMarked
package dev.windrow.engine.store;

import org.jspecify.annotations.NullMarked;
