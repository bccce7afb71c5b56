package org.neuropil.coregister.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.coregister.transform.Kernel;
import org.neuropil.coregister.transform.Point3;

/// Lists of recipes to choose among.
public final class Recipes {
    /// Kernels that are tried if nothing else is asked for.
    public static final List<Kernel> KERNELS = List.of(new Kernel.Power(1));
    /// Orders likewise.
    public static final List<Integer> ORDERS = List.of(1, 2, 3);
    /// Smoothings likewise.
    public static final List<Double> SMOOTHINGS = List.of(0.01, 0.03);
    /// Stretches likewise: tissue that was cut moves more from section to section than within one, so kernels may
    /// have to reach less far along one axis.
    public static final List<Point3> STRETCHES = List.of(Recipe.EVEN, new Point3(1, 3, 3), new Point3(3, 1, 3),
            new Point3(3, 3, 1));
    /// What is tried if nothing is asked for.
    public static final List<Recipe> STANDARD = Stream
            .concat(ORDERS.stream().map(Recipe::polynomial),
                    grid(KERNELS, List.of(2), SMOOTHINGS, STRETCHES).stream().skip(1))
            .toList();

    private Recipes() {}

    /// Every combination that can be: polynomials alone, and each kernel on each polynomial that it can stand on, with
    /// each smoothing.
    ///
    /// @param kernels none for polynomials alone
    /// @param orders of polynomials
    public static List<Recipe> grid(List<Kernel> kernels, List<Integer> orders, List<Double> smoothings,
            List<Point3> stretches) {
        List<Recipe> recipes = new ArrayList<>();
        orders.forEach(order -> recipes.add(Recipe.polynomial(order)));
        for (Kernel kernel : kernels) {
            for (int order : orders) {
                for (Point3 stretch : order >= kernel.order() ? stretches : List.<Point3>of()) {
                    for (double smoothing : smoothings) {
                        recipes.add(new Recipe(Optional.of(kernel), order, smoothing, 0, stretch));
                    }
                }
            }
        }
        return List.copyOf(recipes);
    }
}
