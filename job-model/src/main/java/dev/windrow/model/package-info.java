/** What a job is: records with their rules, free of any dependency. */
@NullMarked
package dev.windrow.model;

import org.jspecify.annotations.NullMarked;
