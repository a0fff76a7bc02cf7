/** The rules of the house, checked on what the build has made. */
@NullMarked
package dev.windrow.rules;

import org.jspecify.annotations.NullMarked;
