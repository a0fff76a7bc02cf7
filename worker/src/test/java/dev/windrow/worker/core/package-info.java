/** What an agent decides, step by step. */
@NullMarked
package dev.windrow.worker.core;

import org.jspecify.annotations.NullMarked;
