package org.neuropil.circuits.animals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.neuropil.circuits.match.WeightedEdges;

class ConsistencyTest {
    private static final int CELLS = 12;
    private static final int ANIMALS = 5;

    /// Synapses of animals: one, from, to. The last cell is there in the first two animals only.
    private static List<int[]> synapses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> synapses = new ArrayList<>();
        for (int s = 0; s < 700; s++) {
            int animal = random.nextInt(ANIMALS);
            int from = Math.min(random.nextInt(CELLS), random.nextInt(CELLS));
            int to = random.nextInt(CELLS);
            if (animal < 2 || from < CELLS - 1 && to < CELLS - 1) {
                synapses.add(new int[]{animal, from, to});
            }
        }
        return synapses;
    }

    private static List<Animal> animals(List<int[]> synapses) {
        List<Animal> animals = new ArrayList<>();
        for (int animal = 0; animal < ANIMALS; animal++) {
            double[][] weights = new double[CELLS][CELLS];
            for (int[] synapse : synapses) {
                if (synapse[0] == animal) {
                    weights[synapse[1]][synapse[2]]++;
                }
            }
            boolean[] known = new boolean[CELLS];
            for (int cell = 0; cell < CELLS; cell++) {
                known[cell] = cell < CELLS - 1 || animal < 2;
            }
            animals.add(new Animal("animal " + animal, edges(weights), known));
        }
        return animals;
    }

    static WeightedEdges edges(double[][] weights) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                if (weights[i][j] > 0) {
                    edges.add(new int[]{i, j});
                }
            }
        }
        return WeightedEdges.of(weights.length, weights.length, edges.stream().mapToInt(edge -> edge[0]).toArray(),
                edges.stream().mapToInt(edge -> edge[1]).toArray(),
                edges.stream().mapToDouble(edge -> weights[edge[0]][edge[1]]).toArray());
    }

    @Test
    void theTableIsThatOfCountingEverySynapseOfEveryPair() {
        List<int[]> synapses = synapses(1);
        Consistency consistency = Consistency.of(animals(synapses));
        int row = 0;
        int[] histogram = new int[ANIMALS];
        for (int from = 0; from < CELLS; from++) {
            for (int to = 0; to < CELLS; to++) {
                int present = 0;
                boolean last = from == CELLS - 1 || to == CELLS - 1;
                List<Double> weights = new ArrayList<>();
                for (int animal = 0; animal < ANIMALS; animal++) {
                    double count = 0;
                    for (int[] synapse : synapses) {
                        count += synapse[0] == animal && synapse[1] == from && synapse[2] == to ? 1 : 0;
                    }
                    present += count > 0 ? 1 : 0;
                    weights.add(last && animal > 1 ? Double.NaN : count);
                }
                if (present > 0) {
                    assertThat(consistency.rows().get(row)).isEqualTo(new Consistency.Row(from, to, weights));
                    assertThat(consistency.rows().get(row).present()).isEqualTo(present);
                    assertThat(consistency.rows().get(row).possible()).isEqualTo(last ? 2 : ANIMALS);
                    histogram[present - 1] += last ? 0 : 1;
                    row++;
                }
            }
        }
        assertThat(consistency.rows()).hasSize(row);
        assertThat(consistency.histogram()).isEqualTo(histogram);
    }

    @Test
    void sharesByWeightAreThoseOfAllOrderedPairsOfAnimals() {
        List<Animal> animals = animals(synapses(2));
        double[] bounds = {1, 2, 4};
        List<Consistency.ByWeight> shares = Consistency.of(animals).byWeight(bounds);
        long[] connections = new long[3];
        long[] found = new long[3];
        for (Animal one : animals) {
            for (Animal other : animals) {
                for (int from = 0; from < CELLS; from++) {
                    for (int to = 0; to < CELLS; to++) {
                        int edge = one.edges().find(from, to);
                        if (!one.name().equals(other.name()) && edge >= 0 && other.has(from) && other.has(to)) {
                            double weight = one.edges().weight(edge);
                            int k = weight >= 4 ? 2 : weight >= 2 ? 1 : 0;
                            connections[k]++;
                            found[k] += other.edges().find(from, to) >= 0 ? 1 : 0;
                        }
                    }
                }
            }
        }
        for (int k = 0; k < 3; k++) {
            assertThat(shares.get(k).connections()).isEqualTo(connections[k]);
            assertThat(shares.get(k).found()).isEqualTo(found[k]);
        }
        assertThat(shares.get(2).below()).isInfinite();
        assertThat(Consistency.of(animals).byWeight(1000).getFirst().share()).isNaN();
    }

    @Test
    void copiesOfAnAnimalHaveMoreInCommonThanChance() {
        Animal animal = animals(synapses(3)).getFirst();
        Conservation conservation = Conservation.of(List.of(animal, animal, animal), 60, 1, 2);
        long others = 0;
        for (int from = 0; from < CELLS; from++) {
            others += animal.edges().start(from + 1) - animal.edges().start(from)
                    - (animal.edges().find(from, from) < 0 ? 0 : 1);
        }
        assertThat(conservation.all().observed()).isEqualTo(others);
        assertThat(conservation.one().observed()).isZero();
        assertThat(conservation.overlap().observed()).isEqualTo(1);
        assertThat(conservation.overlap().mean()).isBetween(0.1, 0.9);
        assertThat(conservation.overlap().more()).isCloseTo(1 / 61.0, within(1e-12));
        assertThat(conservation.one().less()).isCloseTo(1 / 61.0, within(1e-12));
        assertThat(conservation).isEqualTo(Conservation.of(List.of(animal, animal, animal), 60, 1, 1));
    }

    @Test
    void animalsWithNothingInCommonButDegreesAreNotCalledAlike() {
        // Graphs of equal chances: the p value of 40 worlds is small about as often as it should be.
        int small = 0;
        for (int world = 0; world < 40; world++) {
            SplittableRandom random = new SplittableRandom(world * 77L + 5);
            List<Animal> animals = new ArrayList<>();
            for (int animal = 0; animal < 3; animal++) {
                double[][] weights = new double[10][10];
                for (double[] row : weights) {
                    for (int j = 0; j < 10; j++) {
                        row[j] = random.nextDouble() < 0.3 ? 1 : 0;
                    }
                }
                animals.add(Animal.of("x", edges(weights)));
            }
            small += Conservation.of(animals, 39, world, 1).overlap().more() <= 0.1 ? 1 : 0;
        }
        assertThat(small).isBetween(0, 10);
    }

    @Test
    void oneAnimalHasNothingInCommon() {
        Animal animal = animals(synapses(3)).getFirst();
        assertThatIllegalArgumentException().isThrownBy(() -> Conservation.of(List.of(animal), 10, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Consistency.of(List.of(animal, Animal.of("small", WeightedEdges.none(2, 2)))));
        assertThat(Consistency.of(List.of()).rows()).isEmpty();
    }
}
