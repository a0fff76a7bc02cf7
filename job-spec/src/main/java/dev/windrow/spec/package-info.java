/** Reads jobs from YAML, checks them, resolves what they mean, and writes them. */
@NullMarked
package dev.windrow.spec;

import org.jspecify.annotations.NullMarked;
