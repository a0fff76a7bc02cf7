@NullMarked
package dev.windrow.worker.pod;

import org.jspecify.annotations.NullMarked;
