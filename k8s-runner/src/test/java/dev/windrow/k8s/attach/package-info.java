@NullMarked
package dev.windrow.k8s.attach;

import org.jspecify.annotations.NullMarked;
