package org.neuropil.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.ask.FoundRows;
import org.neuropil.tables.ask.Partners;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil partners`.
@Command(name = "partners", header = "Lists the cells that a cell gets synapses from, or makes them onto.", description = "With number of synapses, their summed and mean size, most synapses first. Synapses of the cell onto itself, and those whose other side belongs to no cell, are left out and counted.", footer = {
    "  neuropil partners neuropil-demo 864691135000000001 --in --format parquet > inputs.parquet",
    "  neuropil partners neuropil-demo nucleus:7@1 --out --types cell_types --somata nuclei"})
final class PartnersVerb extends RowsVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = GraphVerb.DATASET
            + " CELL[@MOMENT]", description = "Dataset, the cell (its root, or nucleus:ID), and the moment that is meant.")
    private List<String> words = List.of();

    @Mixin
    private SynapsesOption synapses = new SynapsesOption();

    @Option(names = "--in", description = "Cells that make synapses onto it.")
    private boolean in;

    @Option(names = "--out", description = "Cells that it makes synapses onto; both if neither is given.")
    private boolean out;

    @Option(names = "--types", paramLabel = "TABLE", description = "Tells the partners' types by its column cell_type; its rows may refer to those of a table that has cells.")
    private @Nullable String types;

    @Option(names = "--somata", paramLabel = "TABLE", description = "Of nuclei or somata: tells how many a partner has.")
    private @Nullable String somata;

    @Mixin
    private NucleiOption nuclei = new NucleiOption();

    @Override
    List<String> words() {
        return words;
    }

    @Override
    List<String> things() {
        return List.of("cell");
    }

    @Override
    void run() throws IOException {
        String word = thing(0);
        GivenCell given;
        TableMoment at;
        try {
            TableMoment.Named named = TableMoment.named(word);
            given = GivenCell.parse(named.name());
            at = named.at();
        } catch (InputException e) {
            throw usage(e.sentence());
        }
        checkOut();
        try (OpenMoment open = OpenMoment.open(folder(), rows(), at)) {
            Partners asked = new Partners(synapses.name(folder(), open), Optional.ofNullable(types),
                    Optional.ofNullable(somata));
            open.check(asked.tables(open.moment()));
            long cell = nuclei.root(given, folder(), open);
            if (given.nucleus()) {
                say("nucleus:" + Ids.text(given.number()) + " is root " + Ids.text(cell));
            }
            boolean both = in == out;
            SortedMap<String, Partners.Side> sides = new TreeMap<>();
            for (boolean inputs : both ? new boolean[]{true, false} : new boolean[]{in}) {
                sides.put(inputs ? "in" : "out", asked.of(open.engine(), open.moment(), cell, inputs));
            }
            print(open.engine(), sides, asked);
        }
    }

    private void print(Engine engine, SortedMap<String, Partners.Side> sides, Partners asked) throws IOException {
        Rows rows = FoundRows.partners(sides, asked);
        String[] header = rows.columns().stream().map(Column::name).toArray(String[]::new);
        boolean sized = rows.index("sum_size") >= 0;
        Table table = new Table(header);
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        sides.forEach((direction, side) -> {
            for (Partners.Partner partner : side.partners()) {
                List<@Nullable Object> row = row(partner, sides.size() > 1 ? direction : "", sized);
                table.add(row.toArray());
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                for (int j = 0; j < row.size(); j++) {
                    one.put(header[j], row.get(j));
                }
                json.add(one);
            }
            say(String.format(Locale.ROOT,
                    "%s: %,d synapses with %,d cells; left out: %,d of the cell onto itself, %,d whose "
                            + "other side is of no cell",
                    direction, side.synapses(), side.partners().size(), side.self(), side.none()));
        });
        print(engine, table, json, rows);
    }

    private List<@Nullable Object> row(Partners.Partner partner, String direction, boolean sized) {
        List<@Nullable Object> row = new ArrayList<>();
        if (!direction.isEmpty()) {
            row.add(direction);
        }
        row.add(Ids.text(partner.partner()));
        row.add(partner.synapses());
        if (sized) {
            row.add(partner.sumSize());
            row.add(partner.meanSize());
        }
        if (types != null) {
            row.add(partner.type());
        }
        if (somata != null) {
            row.add(partner.nuclei());
        }
        return row;
    }
}
