/** Folders as content: what of a folder is sent, and how it is described by digests. */
@NullMarked
package dev.windrow.spec.content;

import org.jspecify.annotations.NullMarked;
