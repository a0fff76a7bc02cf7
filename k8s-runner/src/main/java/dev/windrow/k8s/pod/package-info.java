/** What a pod of ours is, and what the state of one means; pure. */
@NullMarked
package dev.windrow.k8s.pod;

import org.jspecify.annotations.NullMarked;
