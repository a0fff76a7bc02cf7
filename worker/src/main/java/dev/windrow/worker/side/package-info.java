/** What an agent does beside its workers: planning and publishing. */
@NullMarked
package dev.windrow.worker.side;

import org.jspecify.annotations.NullMarked;
