/** What a job goes through: its twelve statuses and the pure machine that walks them. */
@NullMarked
package dev.windrow.engine.job;

import org.jspecify.annotations.NullMarked;
