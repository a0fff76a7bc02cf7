package dev.windrow.cli;

import dev.windrow.cli.view.DatastoreText;
import dev.windrow.client.Datastore;
import dev.windrow.client.DatastoreSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Makes or changes a datastore. */
final class DatastoreCreateVerb implements Verb {

    private final NamedThing datastore = NamedThing.datastoreWithFile();
    private final OptionSpec type =
            Args.text("TYPE", "local (unless said), pvc or host_path", "--type");
    private final OptionSpec path =
            Args.text(
                    "DIR",
                    "of local: absolute folder on the server, else one in its home; of pvc: CLAIM or CLAIM/FOLDER; of host_path: absolute folder of each machine",
                    "--path");
    private final OptionSpec description = Args.text("TEXT", "what it is for", "--description");
    private final ServerOptions server = new ServerOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Makes a datastore, or changes the one of that name. Jobs that were"
                                + " submitted before keep what its name meant then. Options win over"
                                + " the file.")
                .operands(datastore.operands())
                .options("Which datastore", datastore.options())
                .options("What it is", type, path, description)
                .options("Which server, and what is printed", server.all())
                .examples(
                        "windrow datastore create big --path /mnt/big",
                        "windrow datastore create -f datastore.yml");
    }

    @Override
    public int run(Shell shell) throws IOException {
        Optional<Path> file = datastore.file();
        DatastoreFile said = file.isPresent() ? DatastoreFile.read(file.get()) : DatastoreFile.NONE;
        String name = datastore.name(said.name());
        DatastoreSpec spec =
                new DatastoreSpec(
                        Args.text(type).or(said::type).orElse(DatastoreFile.USUAL),
                        Args.text(path).or(said::path),
                        Args.text(description).or(said::description));
        Datastore made = server.workspace(shell).datastores().create(name, spec);
        shell.out(
                server.form(shell)
                        .one(
                                DatastoreText.document(made),
                                DatastoreText.lines(made),
                                DatastoreText.row(made)));
        return ExitCode.COMPLETED;
    }
}
