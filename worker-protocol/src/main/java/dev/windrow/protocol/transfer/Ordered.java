package dev.windrow.protocol.transfer;

/**
 * An order with its number.
 *
 * @param number by which the answer names it
 */
public record Ordered(long number, TransferOrder order) {}
