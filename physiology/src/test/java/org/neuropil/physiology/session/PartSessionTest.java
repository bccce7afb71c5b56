package org.neuropil.physiology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.store.SessionRows;
import org.neuropil.physiology.store.SessionRows.Span;
import org.neuropil.physiology.table.PairMetrics;
import org.neuropil.physiology.table.PairValue;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.trial.Cuts;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PartSessionTest {
    private static final MadeSession WHOLE = new MadeSession(
            new MadePlan(1, 2, List.of(6, 2, 5), Protocol.TINY.withoutWindow(), 1));

    /// Any choice has the traces and masks of the same ROIs in the whole.
    @Property(tries = 30)
    void theTracesAreThoseOfTheSameRois(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Set<String> chosen = new HashSet<>();
        WHOLE.planes().forEach(plane -> plane.rois().stream().filter(_ -> random.nextBoolean())
                .forEach(roi -> chosen.add(roi.key().label())));
        chosen.add("c1v2p1r1");
        Session part = PartSession.of(WHOLE, Set.of(), chosen);
        assertThat(part.rois()).isEqualTo(chosen.size());
        for (int p = 0; p < part.planes().size(); p++) {
            Plane plane = part.planes().get(p);
            Plane whole = WHOLE.planes().get(p);
            float[][] rows = part.traces(plane, TraceKind.DFF, 0, plane.rois().size());
            for (int i = 0; i < rows.length; i++) {
                int place = whole.rois().indexOf(plane.rois().get(i));
                assertThat(chosen).contains(plane.rois().get(i).key().label());
                assertThat(rows[i]).isEqualTo(WHOLE.traces(whole, TraceKind.DFF, place, 1)[0]);
                assertThat(part.mask(plane, i)).isEqualTo(WHOLE.mask(whole, place));
            }
        }
    }

    @Test
    void allIsTheWholeAndNoneOfItIsTold() {
        assertThat(PartSession.of(WHOLE, Set.of(), Set.of())).isSameAs(WHOLE);
        assertThat(PartSession.of(WHOLE, Set.of(1), Set.of()).rois()).isEqualTo(2);
        assertThatThrownBy(() -> PartSession.of(WHOLE, Set.of(3), Set.of())).isInstanceOf(InputException.class)
                .hasMessageContaining("no plane 3");
        assertThatThrownBy(() -> PartSession.of(WHOLE, Set.of(), Set.of("c1v2p1r9")))
                .hasMessageContaining("no ROI 'c1v2p1r9'");
        assertThatThrownBy(() -> PartSession.of(WHOLE, Set.of(0), Set.of("c1v2p1r1")))
                .hasMessageContaining("in these planes");
        Session part = PartSession.of(WHOLE, Set.of(1), Set.of());
        assertThatThrownBy(() -> part.traces(part.planes().getFirst(), TraceKind.DFF, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Planes are brought to the clock of the first one, also where nothing of it was chosen.
    @Test
    void figuresOfPairsAreThoseOfTheWhole() throws IOException {
        SessionChoice choice = new SessionChoice(Set.of("total_correlation"), Set.of("spontaneous"), Optional.empty(),
                Cuts.PUBLISHED, Optional.empty(), Optional.empty(), 0, 1);
        List<PairValue> all = new ArrayList<>();
        PairMetrics.compute(WHOLE, choice, all::add, () -> {});
        List<PairValue> some = new ArrayList<>();
        PairMetrics.compute(PartSession.of(WHOLE, Set.of(), Set.of("c1v2p1r1", "c1v2p2r3")), choice, some::add,
                () -> {});
        assertThat(some).hasSize(1);
        PairValue same = all.stream().filter(pair -> pair.first().label().equals("c1v2p1r1")
                && pair.second().label().equals("c1v2p2r3")).findFirst().orElseThrow();
        assertThat(some.getFirst().values()).isEqualTo(same.values());
    }

    @Test
    void rowsOfTracesAreBounded() throws IOException {
        Session part = PartSession.of(WHOLE, Set.of(1), Set.of());
        int frames = part.planes().get(1).clock().frames();
        Rows rows = SessionRows.traces(part, Optional.empty(), Span.ALL, 2 * frames);
        assertThat(rows.size()).isEqualTo(2 * frames);
        assertThat(((ColumnData.Texts) rows.data().get(1)).values()).containsOnly("dff");
        assertThatThrownBy(() -> SessionRows.traces(part, Optional.empty(), Span.ALL, 2 * frames - 1))
                .isInstanceOf(InputException.class).hasMessageContaining("are more than " + (2 * frames - 1));
        assertThatThrownBy(() -> SessionRows.signals(WHOLE, Span.ALL, 5)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Span(2, 1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Span(Double.NaN, 1)).isInstanceOf(InputException.class);
    }
}
