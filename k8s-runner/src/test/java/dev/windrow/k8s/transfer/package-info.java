@NullMarked
package dev.windrow.k8s.transfer;

import org.jspecify.annotations.NullMarked;
