package org.neuropil.circuits.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.chart.Figure;

/// What was found: statements that were tested, then sentences, tables, figures and links in the order in which they are read.
///
/// @param tests the statements
/// @param parts what is shown
public record Findings(List<Tested> tests, List<Part> parts) {
    /// Copies the lists.
    public Findings {
        tests = List.copyOf(tests);
        parts = List.copyOf(parts);
    }

    /// Something that is shown.
    public sealed interface Part {
        /// Begins a section.
        record Section(String id, String heading) implements Part {}

        /// Sentences.
        record Text(String text) implements Part {}

        /// A table.
        record Shown(FoundTable table) implements Part {}

        /// A figure.
        ///
        /// @param name of its files
        record Picture(String name, Figure figure) implements Part {}

        /// A view of the cells in Neuroglancer.
        record Link(ViewerLink link) implements Part {}
    }

    /// All tables, those of the statements first.
    public List<FoundTable> tables() {
        List<FoundTable> all = new ArrayList<>();
        all.add(testTable());
        for (Part part : parts) {
            if (part instanceof Part.Shown shown) {
                all.add(shown.table());
            }
        }
        return all;
    }

    /// All figures by the name of their files.
    public Map<String, Figure> figures() {
        Map<String, Figure> all = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part instanceof Part.Picture picture) {
                all.put(picture.name(), picture.figure());
            }
        }
        return all;
    }

    /// All links.
    public List<ViewerLink> links() {
        List<ViewerLink> all = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Link link) {
                all.add(link.link());
            }
        }
        return all;
    }

    /// The statements as a table.
    FoundTable testTable() {
        FoundTable.Writer writer = FoundTable
                .of("tests", "Each statement that was tested, with its 95 % interval, and the "
                        + "size of sample at which the smallest effect that would matter is seen in four of five cases.")
                .text("test").text("what").real("effect").real("low").real("high").real("p").text("null").whole("n")
                .text("n_of").real("effect_of_interest").real("n_needed").yes("has_power").yes("decides");
        for (Tested one : tests) {
            writer.row(one.id(), one.what(), one.effect(), one.low(), one.high(), one.p(), one.baseline(), one.size(),
                    one.unit(), one.interest(), one.needed(), one.hasPower(), one.decides());
        }
        return writer.table();
    }

    /// Takes them one by one.
    public static final class Writer {
        private final List<Tested> tests = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();

        /// A statement.
        public void tested(Tested test) {
            tests.add(test);
        }

        /// Begins a section.
        public void section(String id, String heading) {
            parts.add(new Part.Section(id, heading));
        }

        /// Sentences.
        public void text(String text) {
            parts.add(new Part.Text(text));
        }

        /// A table.
        public void table(FoundTable table) {
            parts.add(new Part.Shown(table));
        }

        /// A figure.
        public void figure(String name, Figure figure) {
            parts.add(new Part.Picture(name, figure));
        }

        /// A link.
        public void link(ViewerLink link) {
            parts.add(new Part.Link(link));
        }

        /// All of it.
        public Findings findings() {
            return new Findings(tests, parts);
        }
    }
}
