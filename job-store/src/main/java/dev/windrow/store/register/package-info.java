/**
 * What a server knows of jobs beyond their ledgers: whose they are, their labels, what happened.
 */
@NullMarked
package dev.windrow.store.register;

import org.jspecify.annotations.NullMarked;
