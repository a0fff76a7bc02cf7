/** What every ledger has to do, as tests that a store's own test class takes over. */
@NullMarked
package dev.windrow.testing.store;

import org.jspecify.annotations.NullMarked;
