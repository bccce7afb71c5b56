package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.ask.CellNames;
import org.neuropil.tables.ask.FoundRows;
import org.neuropil.tables.ask.Matrix;
import org.neuropil.tables.ask.Partners;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.dataset.Tables;

/// Who has synapses with whom, in our own grammar. JSON tells what was left out, too; the other formats are rows.
///
/// @param api opens tables
record ConnectionsApi(TablesApi api) {
    /// Partners on a side.
    ///
    /// @param leftOutSelf synapses of the cell onto itself
    /// @param leftOutNone synapses whose other side is of no cell
    record SideEntry(String direction, long synapses, long leftOutSelf, long leftOutNone,
            List<PartnerEntry> partners) {}

    /// A partner.
    record PartnerEntry(String partner, long synapses, @Nullable Double sumSize, @Nullable Double meanSize,
            @Nullable String type, @Nullable Long nuclei) {}

    /// Partners of a cell.
    record PartnersAnswer(String cell, List<SideEntry> sides) {}

    /// By the type that makes synapses, by the type that gets them.
    record MatrixAnswer(String value, Map<String, SortedMap<String, Double>> matrix, long leftOut) {}

    /// Partners of a cell.
    Answer partners(Call call) throws IOException {
        String word = call.parameter("cell").orElse("").strip();
        boolean nucleus = word.startsWith("nucleus:");
        long number = cell(nucleus ? word.substring(8) : word);
        String direction = call.parameter("direction").orElse("both");
        if (!List.of("in", "out", "both").contains(direction)) {
            throw Problem.parameter("direction", "'" + direction + "' is none", "write in or out");
        }
        String type = TableRows.type(call);
        return api.at(call.parameter("at"), (tables, moment) -> {
            Partners asked = new Partners(synapses(call, tables, moment), call.parameter("types"),
                    call.parameter("somata"));
            api.sources(call, tables, moment, asked.tables(moment));
            long cell = nucleus ? TablesApi.nuclei(tables, moment).root(number) : number;
            SortedMap<String, Partners.Side> sides = new TreeMap<>();
            for (boolean inputs : inputs(direction)) {
                sides.put(inputs ? "in" : "out", asked.of(tables.engine(), moment, cell, inputs));
            }
            if (!type.equals(MediaTypes.JSON)) {
                return TableRows.of(tables.engine(), FoundRows.partners(sides, asked), type,
                        sides.values().stream().mapToLong(side -> side.self() + side.none()).sum());
            }
            List<SideEntry> told = new ArrayList<>();
            sides.forEach((name, side) -> told.add(side(name, side, asked)));
            return json(new PartnersAnswer(Long.toUnsignedString(cell), told));
        });
    }

    private static SideEntry side(String direction, Partners.Side side, Partners asked) {
        return new SideEntry(direction, side.synapses(), side.self(), side.none(),
                side.partners().stream().map(one -> new PartnerEntry(Long.toUnsignedString(one.partner()),
                        one.synapses(), real(one.sumSize()), real(one.meanSize()),
                        asked.types().isPresent() ? one.type() : null,
                        asked.somata().isPresent() ? one.nuclei() : null)).toList());
    }

    /// `Accept` could have asked for something else.
    private static Answer json(Object value) {
        return new Answer.Result(200, MediaTypes.JSON, Map.of("Vary", "Accept"), Json.bytes(value));
    }

    private static String synapses(Call call, Tables tables, Moment moment) throws IOException {
        return CellNames.synapses(tables.folder(), moment, call.parameter("table").orElse("synapses"));
    }

    private static boolean[] inputs(String direction) {
        return direction.equals("both") ? new boolean[]{true, false} : new boolean[]{direction.equals("in")};
    }

    private static @Nullable Double real(@Nullable Number number) {
        return number == null ? null : number.doubleValue();
    }

    private static long cell(String text) {
        try {
            return Long.parseUnsignedLong(text.strip());
        } catch (NumberFormatException e) {
            throw Problem.parameter("cell", "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                    + "' is no id", "write the root of a cell");
        }
    }

    /// Synapses from type to type.
    Answer matrix(Call call) throws IOException {
        String value = call.parameter("value").orElse("count");
        Matrix.Value told = List.of(Matrix.Value.values()).stream().filter(one -> TablesApi.word(one).equals(value))
                .findFirst()
                .orElseThrow(() -> Problem.parameter("value", "'" + value + "' is none", "write count, sum or mean"));
        String types = call.parameter("types").orElseThrow(
                () -> Problem.parameter("types", "is missing", "name a table that tells types of cells"));
        String type = TableRows.type(call);
        return api.at(call.parameter("at"), (tables, moment) -> {
            Matrix asked = new Matrix(synapses(call, tables, moment), types, told);
            api.sources(call, tables, moment, asked.tables(moment));
            Matrix.Found found = asked.of(tables.engine(), moment);
            return switch (type) {
                case MediaTypes.JSON -> json(new MatrixAnswer(value, Map.copyOf(found.values()), found.leftOut()));
                // As the command line writes it, for spreadsheets.
                case MediaTypes.CSV -> TableRows.of(tables.engine(), FoundRows.matrix(found, told), type,
                        found.leftOut());
                default -> TableRows.of(tables.engine(), FoundRows.pairs(found, told), type, found.leftOut());
            };
        });
    }
}
