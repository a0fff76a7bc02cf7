/** A job's code, brought from its server to a folder of an agent's own. */
@NullMarked
package dev.windrow.worker.fetch;

import org.jspecify.annotations.NullMarked;
