@NullMarked
package dev.windrow.worker.monitor;

import org.jspecify.annotations.NullMarked;
