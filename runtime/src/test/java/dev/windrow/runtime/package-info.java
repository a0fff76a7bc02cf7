/** Folders of jobs, with real ledgers. */
@NullMarked
package dev.windrow.runtime;

import org.jspecify.annotations.NullMarked;
