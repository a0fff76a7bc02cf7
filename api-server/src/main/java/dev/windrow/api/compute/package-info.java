/** What the operations on computes and datastores do. */
@NullMarked
package dev.windrow.api.compute;

import org.jspecify.annotations.NullMarked;
