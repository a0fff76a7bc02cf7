@NullMarked
package dev.windrow.worker.environment;

import org.jspecify.annotations.NullMarked;
