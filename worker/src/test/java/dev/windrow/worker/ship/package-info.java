@NullMarked
package dev.windrow.worker.ship;

import org.jspecify.annotations.NullMarked;
