package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.SqlQuery;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `neuropil sql`.
@Command(name = "sql", header = "Asks the tables of a dataset in SQL, which only reads.", description = "One SELECT in DuckDB's language. DATASET@1300 is version 1300, DATASET@2025-01-13 the tables at that time.", footer = {
    "  neuropil sql neuropil-demo 'SELECT count(*) FROM synapses'",
    "  neuropil sql neuropil-demo@1 'SELECT tag, count(*) AS n FROM tags GROUP BY tag ORDER BY n DESC'"})
final class SqlVerb extends AnswerVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = "[DATASET[@MOMENT]] STATEMENT", description = "Dataset, the moment that is meant, and one SELECT.")
    private List<String> words = List.of();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("statement");
    }

    @Override
    Path folder() {
        return folder(Path.of(words.size() > 1 ? named(words.getFirst()) : "."));
    }

    /// The dataset's folder, whatever is behind the `@`.
    static String named(String word) {
        int mark = word.lastIndexOf('@');
        String name = mark < 0 || Files.exists(Path.of(word).resolve(Dataset.FILE)) ? word : word.substring(0, mark);
        return name.isEmpty() ? "." : name;
    }

    /// The moment behind a dataset's name.
    ///
    /// @throws InputException if what is behind the `@` is none
    static TableMoment moment(String word) {
        return named(word).equals(word) ? TableMoment.NOW : TableMoment.named(word).at();
    }

    @Override
    void run() throws IOException {
        String statement = thing(0);
        checkOptions();
        TableMoment at;
        try {
            at = words.size() > 1 ? moment(words.getFirst()) : TableMoment.NOW;
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        SqlQuery query = new SqlQuery(statement, limit(), Optional.empty());
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at);
                Answer answer = query.ask(open.engine(), open.sources(query))) {
            print(answer);
        }
    }
}
