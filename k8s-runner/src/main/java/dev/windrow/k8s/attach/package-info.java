/** Looks whether a namespace can be used, and leaves it as it was. */
@NullMarked
package dev.windrow.k8s.attach;

import org.jspecify.annotations.NullMarked;
