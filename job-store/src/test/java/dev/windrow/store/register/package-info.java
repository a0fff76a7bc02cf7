@NullMarked
package dev.windrow.store.register;

import org.jspecify.annotations.NullMarked;
