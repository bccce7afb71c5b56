package org.neuropil.circuits.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.chart.page.ReportPage;
import org.neuropil.circuits.wiring.Account;
import org.neuropil.circuits.wiring.CellList;
import org.neuropil.pipeline.Software;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// An answer with all that it stands on. Equal questions of equal data give equal answers.
///
/// @param question that was asked
/// @param of what it was asked of
/// @param account of what was left out
/// @param findings what came out
/// @param seed of what was drawn
/// @param viewer address of the Neuroglancer that links lead to
public record Answered(Question question, AskedOf of, Account account, Findings findings, long seed, String viewer) {
    /// Rows of a table that the page shows; files have all.
    private static final int SHOWN = 300;

    /// What it was asked of, parameters, lists, filters, seed, software.
    public Map<String, Object> record() {
        Map<String, Object> record = new TreeMap<>(of.record());
        record.put("question", question.id());
        record.put("asks", question.asks());
        record.put("parameters", new TreeMap<>(question.parameters()));
        record.put("seed", seed);
        record.put("software", Software.NAME);
        record.put("lists", account.lists().stream().map(one -> Map.of("name", one.name(), "from", one.from(), "cells",
                one.size(), "sha256", one.sha256())).toList());
        record.put("filters", account.steps().stream().map(one -> Map.of("kept", one.what(), "of", one.of(), "before",
                one.before(), "after", one.after())).toList());
        record.put("notes", account.notes());
        record.put("tests", findings.tests().stream().map(Answered::test).toList());
        record.put("tables_made", findings.tables().stream().map(FoundTable::name).toList());
        record.put("links", findings.links().stream().map(one -> Map.of("shows", one.text(), "state", one.state()))
                .toList());
        return record;
    }

    private static Map<String, Object> test(Tested one) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("test", one.id());
        test.put("what", one.what());
        number(test, "effect", one.effect());
        number(test, "low", one.low());
        number(test, "high", one.high());
        number(test, "p", one.p());
        test.put("null", one.baseline());
        test.put("n", one.size());
        test.put("n_of", one.unit());
        test.put("effect_of_interest", one.interest());
        number(test, "n_needed", one.needed());
        test.put("has_power", one.hasPower());
        test.put("decides", one.decides());
        return test;
    }

    /// JSON has no NaN.
    private static void number(Map<String, Object> map, String name, double value) {
        if (Double.isFinite(value)) {
            map.put(name, value);
        }
    }

    /// The page: one file, which opens without a network.
    public String html() {
        ReportPage page = new ReportPage(question.id().replace('-', ' ') + ": " + of.dataset());
        page.paragraph(question.asks());
        page.facts(List.of(List.of("dataset", of.words()), List.of("seed", Long.toString(seed)),
                List.of("software", Software.NAME)));
        page.section("verdict", "What these data say");
        page.list(findings.tests().isEmpty()
                ? List.of("Nothing was tested.")
                : findings.tests().stream().map(Tested::verdict).toList());
        page.section("power", "What these data can decide");
        page.paragraph(
                "Power comes first: a statement that these data cannot decide is not answered with no by a large p "
                        + "value. A sample of the size \"n needed\" would show the effect of interest in four of five "
                        + "cases at a two-sided level of 5 %.");
        table(page, findings.testTable());
        for (Findings.Part part : findings.parts()) {
            switch (part) {
                case Findings.Part.Section section -> page.section(section.id(), section.heading());
                case Findings.Part.Text text -> page.paragraph(text.text());
                case Findings.Part.Shown shown -> table(page, shown.table());
                case Findings.Part.Picture picture -> page.figure(picture.figure(), picture.name());
                case Findings.Part.Link link -> page.link(link.link().text(), link.link().address(viewer));
            }
        }
        made(page);
        return page.html();
    }

    private void made(ReportPage page) {
        page.section("made", "How it was made");
        List<List<String>> filters = new ArrayList<>();
        for (Account.Step step : account.steps()) {
            filters.add(List.of(step.what(), step.of(), Numbers.text(step.before()), Numbers.text(step.after())));
        }
        page.table("filters", "What was left out, in order.", List.of("kept", "of", "before", "after"), filters, false);
        List<List<String>> lists = new ArrayList<>();
        for (CellList list : account.lists()) {
            lists.add(List.of(list.name(), list.from(), Numbers.text(list.size()), list.sha256()));
        }
        page.table("lists",
                "Lists of cells that decided, by their content: SHA-256 of the root ids in ascending order, a "
                        + "line each.",
                List.of("list", "from", "cells", "sha256"), lists, false);
        account.notes().forEach(page::paragraph);
        List<List<String>> parameters = new ArrayList<>();
        new TreeMap<>(question.parameters()).forEach((name, value) -> parameters.add(List.of(name, value.toString())));
        of.tables().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(one -> parameters.add(List.of("table of " + one.getKey(), one.getValue())));
        page.table("parameters", "Parameters, and tables that were read.", List.of("name", "value"), parameters, false);
    }

    private static void table(ReportPage page, FoundTable table) {
        Rows rows = table.rows();
        int shown = Math.min(SHOWN, rows.size());
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            List<String> row = new ArrayList<>();
            for (int k = 0; k < rows.columns().size(); k++) {
                row.add(cell(rows.columns().get(k).type(), rows.data().get(k), i));
            }
            cells.add(row);
        }
        String which = shown < rows.size()
                ? " The first " + shown + " of " + Numbers.text(rows.size()) + " rows; all are in tables/"
                        + table.name()
                        + ".csv."
                : " Also in tables/" + table.name() + ".csv and .parquet, with all digits.";
        page.table("t-" + table.name(), table.caption() + which,
                rows.columns().stream().map(Column::name).map(name -> name.replace('_', ' ')).toList(), cells,
                shown > 12);
    }

    private static String cell(ColumnType type, ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return "";
        }
        return switch (data) {
            case ColumnData.Longs longs -> type == ColumnType.ID
                    ? Long.toUnsignedString(longs.values()[row])
                    : Numbers.text(longs.values()[row]);
            case ColumnData.Ints ints -> Numbers.text((long) ints.values()[row]);
            case ColumnData.Floats floats -> Numbers.text((double) floats.values()[row]);
            case ColumnData.Doubles doubles -> Numbers.text(doubles.values()[row]);
            case ColumnData.Booleans booleans -> booleans.values()[row] ? "yes" : "no";
            case ColumnData.Texts texts -> text(texts.values()[row]);
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
