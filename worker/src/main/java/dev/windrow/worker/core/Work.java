package dev.windrow.worker.core;

import dev.windrow.protocol.Token;

/**
 * One mini-batch under one lease.
 *
 * @param index within the job
 * @param attempt failed attempts before
 * @param chunk sequence of its chunk
 * @param names its items, in the form the chunk's decoder gave
 */
public record Work(int index, int attempt, Token token, int chunk, ItemNames names) {}
