@NullMarked
package dev.windrow.worker.fetch;

import org.jspecify.annotations.NullMarked;
