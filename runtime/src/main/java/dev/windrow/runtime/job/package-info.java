/** One job on its way: its folder, its thread, its outcome. */
@NullMarked
package dev.windrow.runtime.job;

import org.jspecify.annotations.NullMarked;
