/** What an agent decides: a steppable object without threads, clocks or I/O of its own. */
@NullMarked
package dev.windrow.worker.core;

import org.jspecify.annotations.NullMarked;
