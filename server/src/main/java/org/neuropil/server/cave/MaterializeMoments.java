package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.graph.VirtualGraph;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.OriginGuard;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.version.Version;
import org.neuropil.tables.version.Versions;

/// Finds out which moment of the tables a path of the materialize service is about: that of a version, or the present,
/// which for a past state of a graph is the moment of that state.
final class MaterializeMoments {
    /// The version that stands for the present.
    static final int LIVE = 0;
    /// The version that stands for the last one.
    static final int LATEST = -1;

    private final AnnotationTables annotations;
    private final GraphTables graphs;
    private final DiscoveryEndpoints info;
    private final OriginGuard guard;

    /// @param guard says who asks
    MaterializeMoments(AnnotationTables annotations, GraphTables graphs, DiscoveryEndpoints info, OriginGuard guard) {
        this.annotations = annotations;
        this.graphs = graphs;
        this.info = info;
        this.guard = guard;
    }

    /// The tables.
    Tables tables() throws IOException {
        return annotations.get();
    }

    /// The moment at which time stops for the datastack of the path; empty if it goes on.
    ///
    /// @throws Problem 404 if there is no such datastack
    Optional<Instant> end(Call call) throws IOException {
        return graphs.find(info.datastackName(call)).map(GraphTable::graph).filter(VirtualGraph.class::isInstance)
                .map(graph -> ((VirtualGraph) graph).moment());
    }

    /// The versions of the datastack, in order.
    ///
    /// @param gone true to have those too whose rows were dropped
    List<Version> versions(Call call, boolean gone) throws IOException {
        Optional<Instant> end = end(call);
        Versions versions = tables().versions();
        return versions.list().stream().filter(version -> end.isEmpty() || !version.time().isAfter(end.get()))
                .filter(version -> gone || versions.isThere(version)).toList();
    }

    /// The number of the version in the path, the last one for -1, which is the present if there is none; 0 is the present.
    ///
    /// @throws Problem 404 if there is none of the number
    int number(Call call) throws IOException {
        String text = call.variable("version");
        List<Version> versions = versions(call, true);
        if (!text.matches("-?[0-9]{1,9}")) {
            throw Problem.parameter("version", "'" + text + "' is no version",
                    "write a whole number, 0 for the present");
        }
        int number = Integer.parseInt(text);
        if (number == LIVE) {
            return number;
        }
        if (number == LATEST) {
            return versions.stream().filter(tables().versions()::isThere).map(Version::number).reduce((_, last) -> last)
                    .orElse(LIVE);
        }
        if (versions.stream().noneMatch(version -> version.number() == number)) {
            throw Problem.notFound("there is no version " + number, "version",
                    versions.isEmpty()
                            ? "there is none yet; ask for version 0, the present"
                            : "there are " + versions.stream().map(Version::number).toList());
        }
        return number;
    }

    /// The moment of the version in the path.
    ///
    /// @throws Problem 404 if there is no such version, 410 if its rows were dropped
    Moment open(Call call) throws IOException {
        int number = number(call);
        if (number == LIVE) {
            return present(call);
        }
        if (!tables().versions().isThere(tables().versions().find(number))) {
            throw new Problem(410, "This materialization version is not available", "version " + number, "");
        }
        return tables().version(number);
    }

    /// The present of the datastack.
    Moment present(Call call) throws IOException {
        Optional<Instant> end = end(call);
        return end.isPresent() ? tables().at(end.get()) : tables().now();
    }

    /// A moment of the datastack.
    ///
    /// @param time later ones than the present mean the present
    Moment at(Call call, Instant time) throws IOException {
        Instant last = end(call).orElse(Instant.MAX);
        Instant at = time.isBefore(last) ? time : last;
        return at.isAfter(tables().store().head()) ? tables().now() : tables().at(at);
    }

    /// Tables and views to be read, under their names.
    ///
    /// @throws Problem 404 if one is not there, 403 if whoever asks may not read it, or a table that a view reads
    Map<String, Source> sources(Call call, Moment moment, List<String> names) throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : names) {
            TableReaders.check(call, guard, tables(), moment, name);
            boolean view = !moment.tables().contains(name);
            Source source = moment.source(name);
            sources.put(name, view ? source : new CaveTable(source));
        }
        return sources;
    }

    /// @throws Problem 404 if there is no such table
    static void check(Moment moment, String name) throws IOException {
        List<String> known = moment.tables();
        if (!known.contains(name)) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw Problem.notFound("there is no table '" + shown + "'", "table",
                    known.isEmpty() ? "there are none" : "there are " + String.join(", ", known));
        }
    }
}
