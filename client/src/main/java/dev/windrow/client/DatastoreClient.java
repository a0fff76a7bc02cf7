package dev.windrow.client;

import dev.windrow.client.Documents.DatastorePage;
import java.util.stream.Stream;

/**
 * The datastores of one workspace. Every method asks the server and blocks until it has answered;
 * all throw {@link WindrowException}. For any number of threads.
 */
public final class DatastoreClient {
    private static final String PAGE = "200";

    private final Transport transport;
    private final String datastores;

    /**
     * Makes a client.
     *
     * @param workspace path of the workspace on the server
     */
    DatastoreClient(Transport transport, String workspace) {
        this.transport = transport;
        this.datastores = workspace + "/datastores";
    }

    /**
     * Makes or changes a datastore; the same once more changes nothing. Jobs that were submitted
     * before keep what its name meant then.
     *
     * @throws ValidationException when its folder is not there, or for a type that is not built
     */
    public Datastore create(String name, DatastoreSpec spec) {
        return transport.json(Call.put(path(name), spec.document()), Datastore.class);
    }

    /**
     * Gives a datastore.
     *
     * @throws NotFoundException when there is none of that name
     */
    public Datastore get(String name) {
        return transport.json(Call.get(path(name)), Datastore.class);
    }

    /** Lists datastores by name, the default one among them. */
    public Stream<Datastore> list() {
        return Pages.stream(
                transport, Call.get(datastores).query("max", PAGE), DatastorePage.class);
    }

    /** Has the server look whether it can read and write there, and how much is free. */
    public DatastoreCheck check(String name) {
        return transport.json(Call.post(path(name) + "/check"), DatastoreCheck.class);
    }

    /**
     * Forgets a datastore; its files stay.
     *
     * @throws ConflictException for the default one
     */
    public void delete(String name) {
        transport.delete(Call.delete(path(name)));
    }

    private String path(String name) {
        return datastores + Call.path(name);
    }
}
