/** What a user reads about a job afterwards; made from the ledger, bounded in memory. */
@NullMarked
package dev.windrow.runtime.report;

import org.jspecify.annotations.NullMarked;
