@NullMarked
package dev.windrow.k8s.pod;

import org.jspecify.annotations.NullMarked;
