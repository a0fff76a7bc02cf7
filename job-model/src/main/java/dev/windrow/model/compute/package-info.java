/** What a compute is attached with: its cluster, namespace and identity, and their rules. */
@NullMarked
package dev.windrow.model.compute;

import org.jspecify.annotations.NullMarked;
