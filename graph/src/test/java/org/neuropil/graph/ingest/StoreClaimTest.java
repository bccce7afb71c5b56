package org.neuropil.graph.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// Graphs that are loaded under one address, one of them cut off.
class StoreClaimTest {
    private static final String PLACE = "bigtable://lab/graphs/one";

    private final RandomWorld world = new RandomWorld(3, new Int3(3, 2, 2));
    private final RandomWorld smaller = new RandomWorld(4, new Int3(2, 1, 1));
    private final MemoryStore whole = new MemoryStore();
    private final MemoryStore store = new MemoryStore();

    private GraphInfo load(RandomWorld what, GraphStore into) throws IOException {
        return BaseBuilder.build(what.plan, what::input, into);
    }

    private static StoreClaim claim(GraphStore store, GraphInfo info, String recipe) {
        return new StoreClaim(store, info, recipe, PLACE);
    }

    /// Of the rows of the whole graph, every second one.
    private void cutOff() throws IOException {
        for (Table table : List.of(Table.BASE, Table.EDGES)) {
            int[] n = new int[1];
            whole.scan(table, new byte[0], null, (key, value) -> {
                if (n[0]++ % 2 == 0) {
                    store.put(List.of(new Put(table, key, value)));
                }
                return true;
            });
        }
    }

    private static void refused(StoreClaim claim, String what) {
        assertThatThrownBy(claim::begin).isInstanceOfSatisfying(InputException.class, e -> assertThat(e.sentence())
                .startsWith(PLACE + ": holds").contains(what));
    }

    @Test
    void theSameGraphIsLoadedAgainAndNoOther() throws IOException {
        GraphInfo info = load(world, whole);
        GraphInfo other = load(smaller, new MemoryStore());
        claim(store, info, "first").begin();
        refused(claim(store, other, "second"), "being loaded");
        cutOff();
        refused(claim(store, other, "second"), "cut off");
        StoreClaim again = claim(store, info, "first");
        again.begin();
        load(world, store);
        again.end();
        assertThat(Rows.of(store)).isEqualTo(Rows.of(whole));
        refused(claim(store, other, "second"), "another graph");
        // As after a process that died before it had put the part in place.
        again.begin();
    }

    @Test
    void aGraphThatWasEditedIsLeftAlone() throws IOException {
        GraphInfo info = load(world, store);
        MemoryStore fresh = new MemoryStore();
        StoreClaim claim = claim(fresh, info, "first");
        claim.begin();
        load(world, fresh);
        claim.end();
        fresh.put(List.of(new Put(Table.OPERATIONS, new byte[8], new byte[0])));
        refused(claim, "edited");
    }

    @Test
    void rowsThatNobodyClaimedAreOfAnother() throws IOException {
        GraphInfo info = load(world, whole);
        cutOff();
        refused(claim(store, info, "first"), "another graph");
    }
}
