/** What the operations on jobs do. */
@NullMarked
package dev.windrow.api.job;

import org.jspecify.annotations.NullMarked;
