/** Uploads over REST. */
@NullMarked
package dev.windrow.api.content;

import org.jspecify.annotations.NullMarked;
