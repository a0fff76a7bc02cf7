package dev.windrow.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done inside one transaction. */
@FunctionalInterface
interface SqlWork<T extends @Nullable Object> {

    T in(Session session) throws SQLException;
}
