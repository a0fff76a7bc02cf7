@NullMarked
package dev.windrow.worker.remote;

import org.jspecify.annotations.NullMarked;
