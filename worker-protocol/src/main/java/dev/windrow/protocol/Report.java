package dev.windrow.protocol;

/** How one attempt ended. */
public sealed interface Report {

    int index();

    Token token();

    Timing timing();

    /**
     * It returned; the rows are durable.
     *
     * @param returned length of the return value
     */
    record Returned(int index, Token token, Timing timing, long returned, RowSpan rows)
            implements Report {}

    record Broke(int index, Token token, Timing timing, Cause cause, Problem problem)
            implements Report {}
}
