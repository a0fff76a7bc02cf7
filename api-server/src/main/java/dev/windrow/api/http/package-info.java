/** Requests and answers: threads, limits, errors, files and streams; nothing about jobs. */
@NullMarked
package dev.windrow.api.http;

import org.jspecify.annotations.NullMarked;
