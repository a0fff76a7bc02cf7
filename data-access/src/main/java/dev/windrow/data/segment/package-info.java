/** Rows of finished mini-batches on disk, until they are published. */
@NullMarked
package dev.windrow.data.segment;

import org.jspecify.annotations.NullMarked;
