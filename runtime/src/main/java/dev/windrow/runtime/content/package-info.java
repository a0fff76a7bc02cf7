/** What clients have uploaded, by digest: kept once, checked, and removed when nothing needs it. */
@NullMarked
package dev.windrow.runtime.content;

import org.jspecify.annotations.NullMarked;
