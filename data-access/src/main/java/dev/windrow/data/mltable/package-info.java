/** MLTable files that list files. */
@NullMarked
package dev.windrow.data.mltable;

import org.jspecify.annotations.NullMarked;
