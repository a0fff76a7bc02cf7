package dev.windrow.protocol;

/**
 * Neighbouring mini-batches under one token.
 *
 * @param from first index
 * @param to index after the last
 */
public record Span(Token token, int from, int to) {

    public Span {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException(
                    "span: %d..%d (expected: not empty)".formatted(from, to));
        }
    }
}
