package org.neuropil.tables.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.neuropil.space.VoxelSize;

/// A question over tables, as data; [QueryBuilder] makes it, [Queries] answers it.
///
/// @param uses the tables, the first one first, then one for each join in order
/// @param joins one for each table but the first
/// @param filters all are met; each before the joins
/// @param columns what the answer has, in order, where it is not grouped. A table of which none is named gives all of
///     its columns if no table has any named, else none. The name of a point (`pt_position`) stands for its three columns
/// @param suffixes by table: what is put behind a name that several tables have columns of in the answer, before the axis
///     of a coordinate (`pt_position_ref_x`). Tables without one get, by their place in `uses`, `x`, `y`, `z`, `xx`, `yy`, `zz`, …
/// @param positions how places are given
/// @param grouping empty if rows are not grouped
/// @param order of the answer; completed by ids, by groups or by all columns so that it is total. Absent values come last
///     in either direction, NaN counts as greater than all numbers. Without an order, rows are in that of the ids if a
///     limit, an offset or a page is asked for, or rows are grouped; else as they come
/// @param limit how many rows the answer has at most; empty for all
/// @param offset how many rows are left out first
/// @param page the token of [Answer#next] of the same query; limit and format may differ
/// @param sample empty for all rows
/// @param distinct true to have each row of the answer once
public record Query(List<Use> uses, List<Join> joins, List<Filter> filters, List<ColumnRef> columns,
        Map<String, String> suffixes, Positions positions, Optional<Grouping> grouping, List<Order> order,
        OptionalLong limit, long offset, Optional<String> page, Optional<Sample> sample, boolean distinct) {

    /// Copies lists and maps.
    public Query {
        uses = List.copyOf(uses);
        joins = List.copyOf(joins);
        filters = List.copyOf(filters);
        columns = List.copyOf(columns);
        suffixes = Collections.unmodifiableMap(new LinkedHashMap<>(suffixes));
        order = List.copyOf(order);
    }

    /// A table in a query.
    ///
    /// @param name what the query calls it; a table may be used several times by different names
    /// @param table its own name
    public record Use(String name, String table) {}

    /// How places are given.
    ///
    /// @param resolution in what units, in nm; empty for voxels of the table. A coordinate whose unit is that of the table
    ///     stays a whole number, others have double precision
    /// @param split true for three columns, false for one that holds lists of three numbers, or nothing where one of them
    ///     is absent
    public record Positions(Optional<VoxelSize> resolution, boolean split) {
        /// Three columns, in voxels of the table.
        public static final Positions PLAIN = new Positions(Optional.empty(), true);
    }

    /// Rows with the same values become one.
    ///
    /// @param by columns whose values are the same; an absent value is the same as another. None: all rows become one
    /// @param aggregates what is told of the rows
    /// @param having which groups are kept
    public record Grouping(List<ColumnRef> by, List<Aggregate> aggregates, List<Having> having) {
        /// Copies the lists.
        public Grouping {
            by = List.copyOf(by);
            aggregates = List.copyOf(aggregates);
            having = List.copyOf(having);
        }
    }

    /// What is told of a group.
    ///
    /// @param function over the values that are not absent
    /// @param column whose values; empty for a count of rows
    /// @param name in the answer
    public record Aggregate(Function function, Optional<ColumnRef> column, String name) {}

    /// Functions of the values of a group.
    public enum Function {
        /// How many rows, or values that are not absent: a whole number of 64 bits.
        COUNT,
        /// How many different values.
        COUNT_DISTINCT,
        /// Of whole numbers in 64 bits, of others in double precision (the last digits of which depend on the order of
        /// adding).
        SUM,
        /// In double precision.
        MEAN,
        /// The smallest.
        MIN,
        /// The largest.
        MAX
    }

    /// Which groups are kept.
    ///
    /// @param aggregate its name in the answer
    /// @param value a number
    public record Having(String aggregate, Filter.Comparison comparison, Number value) {}

    /// A column by which the answer is ordered.
    ///
    /// @param column of a table; or, with an empty table, of the answer
    public record Order(ColumnRef column, boolean descending) {}

    /// A part of the rows, chosen by chance; of equal rows with equal ids the same one for a seed.
    ///
    /// @param rows how many exactly, or all if there are not more
    /// @param seed another seed chooses others
    /// @param beforeFilters true to choose among the rows of the first table before its filters, false to choose among
    ///     the rows that met all filters and joins
    public record Sample(long rows, long seed, boolean beforeFilters) {}

    /// The same question as for all pages: what a token belongs to.
    Query wholePages() {
        return new Query(uses, joins, filters, columns, suffixes, positions, grouping, order, OptionalLong.empty(), 0,
                Optional.empty(), sample, distinct);
    }
}
