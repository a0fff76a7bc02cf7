package dev.windrow.protocol.transfer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an order has ended. */
public enum TransferResult {
    /** What was asked for follows. */
    DONE,
    /** There is no such file. */
    MISSING,
    /** It cannot be done; the reason follows in one sentence. */
    FAILED;

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so. */
    public static Optional<TransferResult> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }
}
