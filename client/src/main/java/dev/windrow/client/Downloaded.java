package dev.windrow.client;

import java.nio.file.Path;

/** What a download has put into a folder. */
public record Downloaded(Path folder, long files, long bytes) {}
