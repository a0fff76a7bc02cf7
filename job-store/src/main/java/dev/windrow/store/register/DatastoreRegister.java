package dev.windrow.store.register;

import java.util.List;
import java.util.Optional;

/** The part of the register about datastores; each call is one transaction. */
public final class DatastoreRegister {

    private final Register register;

    DatastoreRegister(Register register) {
        this.register = register;
    }

    /** The datastore of this name. */
    public Optional<RegisteredDatastore> find(String workspace, String name) {
        return register.read(handle -> DatastoreSql.find(handle, workspace, name));
    }

    /** All datastores of a workspace, in the order of their names. */
    public List<RegisteredDatastore> list(String workspace) {
        return register.read(handle -> DatastoreSql.list(handle, workspace));
    }

    /** Keeps a datastore, in place of the one of its name. */
    public void put(RegisteredDatastore store) {
        register.change(handle -> {
            DatastoreSql.put(handle, store);
            return true;
        });
    }

    /**
     * Forgets a datastore.
     *
     * @return false when there is none of this name
     */
    public boolean remove(String workspace, String name) {
        return register.change(handle -> DatastoreSql.remove(handle, workspace, name));
    }
}
