/** What every ledger may be wrapped in. */
@NullMarked
package dev.windrow.engine.store;

import org.jspecify.annotations.NullMarked;
