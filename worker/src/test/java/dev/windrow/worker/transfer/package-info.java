@NullMarked
package dev.windrow.worker.transfer;

import org.jspecify.annotations.NullMarked;
