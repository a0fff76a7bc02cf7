/** Pods that see a volume for a server that does not. */
@NullMarked
package dev.windrow.k8s.transfer;

import org.jspecify.annotations.NullMarked;
