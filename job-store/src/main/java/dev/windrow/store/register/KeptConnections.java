package dev.windrow.store.register;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Keeps a few connections to a register open between calls: to open one and have it read the schema
 * takes longer than most questions.
 */
final class KeptConnections implements ConnectionFactory {

    private static final int MOST = 8;

    private final DataSource source;
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(MOST);

    KeptConnections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection openConnection() throws SQLException {
        Connection kept = idle.poll();
        return kept == null ? source.getConnection() : kept;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (connection.isClosed() || !idle.offer(connection)) {
            connection.close();
        }
    }
}
