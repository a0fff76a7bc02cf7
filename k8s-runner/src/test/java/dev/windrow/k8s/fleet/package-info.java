@NullMarked
package dev.windrow.k8s.fleet;

import org.jspecify.annotations.NullMarked;
