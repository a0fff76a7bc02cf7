/** Cutting a listing into mini-batches and storing those in chunks. */
@NullMarked
package dev.windrow.data.plan;

import org.jspecify.annotations.NullMarked;
