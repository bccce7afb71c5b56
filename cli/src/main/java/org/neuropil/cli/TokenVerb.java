package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.neuropil.server.http.Tokens;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil token`: somebody who may use a server.
@Command(name = "token", header = "Gives somebody a token for 'neuropil serve --tokens FILE'.", description = "Prints the token, of which FILE keeps only a digest, so it cannot be found out again. Who had a token gets another one. A server that runs sees the change.", footer = {
    "  neuropil token tokens.json ada --group lab",
    "  neuropil token tokens.json guest --permission view"})
final class TokenVerb extends Verb {
    @Parameters(index = "0", paramLabel = "FILE", description = "File of those who may; made if it is not there.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "Who gets it; stands in logs and tables.")
    private String name = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "A group that they are in. May be given several times.")
    private List<String> groups = List.of();

    @Option(names = "--permission", paramLabel = "PERMISSION", split = ",", description = "view, edit, admin_view, admin; view,edit if left out.")
    private List<String> permissions = List.of(Tokens.VIEW, Tokens.EDIT);

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() throws IOException {
        String token = Tokens.add(file, new Tokens.User(name, groups, permissions, true));
        print(new Table("token").add(token), Map.of("token", token, "name", name));
    }

    @Override
    boolean hasHeader() {
        return false;
    }
}
