package org.neuropil.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShortestPathTest {
    /// Against the lengths that Floyd and Warshall find.
    @Property(tries = 300, seed = "1")
    void pathsAreShortestChainsOfNeighbours(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(12);
        int share = 1 + random.nextInt(40);
        int[][] length = new int[n][n];
        boolean[][] joined = new boolean[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                joined[a][b] = b < a ? joined[b][a] : b > a && random.nextInt(100) < share;
                length[a][b] = a == b ? 0 : joined[a][b] ? 1 : n;
            }
        }
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    length[a][b] = Math.min(length[a][b], length[a][k] + length[k][b]);
                }
            }
        }
        ShortestPath.Neighbours neighbours = node -> LongStream.rangeClosed(1, n)
                .filter(other -> joined[(int) node - 1][(int) other - 1]).toArray();
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                long[] path = ShortestPath.between(a + 1, b + 1, neighbours);
                if (length[a][b] >= n) {
                    assertThat(path).isEmpty();
                } else {
                    assertThat(path).hasSize(length[a][b] + 1).startsWith(a + 1).endsWith(b + 1);
                    for (int i = 1; i < path.length; i++) {
                        assertThat(joined[(int) path[i - 1] - 1][(int) path[i] - 1]).isTrue();
                    }
                }
            }
        }
    }
}
