/** What an agent has logged in a folder of its own, brought to its server piece by piece. */
@NullMarked
package dev.windrow.worker.ship;

import org.jspecify.annotations.NullMarked;
