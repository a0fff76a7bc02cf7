/** Tests of what the command shows. */
@NullMarked
package dev.windrow.cli.view;

import org.jspecify.annotations.NullMarked;
