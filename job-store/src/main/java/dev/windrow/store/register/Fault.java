package dev.windrow.store.register;

/**
 * Why something failed.
 *
 * @param code stable, for programs
 */
public record Fault(String code, String message) {}
