/** What the command shows, as text; decides nothing and knows no terminal. */
@NullMarked
package dev.windrow.cli.view;

import org.jspecify.annotations.NullMarked;
