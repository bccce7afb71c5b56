package org.neuropil.tables.query;

import java.util.Set;

/// The functions that SQL of users may call: those that compute a value from values. What tells of the engine or its
/// machine, waits, draws by chance, reads, writes, or evaluates text as SQL is not among them.
final class SqlNames {
    /// Functions of a row or a group.
    static final Set<String> FUNCTIONS = Set
            .of("""
                    ! !~~ !~~* % & && * ** + - -> ->> / // < <-> << <= <=> <@ = > >= >> @ @> ^ ^@ | || ~ ~~ ~~* ~~~ != <> xor
                    abs acos acosh array_apply array_filter array_reduce array_transform add age any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max
                    arg_max_null arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg array_append
                    array_concat array_contains array_cross_product array_distance array_distinct array_extract array_has
                    array_has_all array_has_any array_indexof array_inner_product array_intersect array_length array_position
                    array_prepend array_slice array_sort array_to_string array_unique array_value array_where array_zip ascii asin
                    asinh atan atan2 atanh avg base64 bin binom bit_and bit_count bit_length bit_or bit_xor bitstring bitstring_agg
                    bool_and bool_or cardinality cbrt ceil ceiling century char_length character_length chr concat concat_ws
                    constant_or_null contains corr cos cosh cot count count_if count_star countif covar_pop covar_samp cume_dist
                    damerau_levenshtein date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day
                    dayname dayofmonth dayofweek dayofyear days_in_month decade degrees dense_rank divide element_at ends_with
                    entropy epoch epoch_ms epoch_ns epoch_us equi_width_bins era error even exp factorial favg fdiv fill filter
                    first first_value flatten floor fmod format from_base from_base64 from_binary from_hex fsum gamma gcd
                    generate_series geomean geometric_mean get_bit greatest greatest_common_divisor group_concat grouping
                    grouping_id hamming hash hex histogram histogram_exact hour if ifnull instr isfinite isinf isnan isodow isoyear
                    jaccard jaro_similarity jaro_winkler_similarity julian kahan_sum kurtosis kurtosis_pop lag last last_day
                    last_value lcase lcm lead least least_common_multiple left len length levenshtein lgamma like_escape list
                    list_aggr list_aggregate list_append list_apply list_filter list_reduce list_transform apply reduce list_avg list_cat list_concat list_contains list_count list_distance
                    list_distinct list_element list_extract list_has list_has_all list_has_any list_indexof list_inner_product
                    list_intersect list_max list_median list_min list_pack list_position list_prepend list_resize list_reverse
                    list_reverse_sort list_select list_slice list_sort list_sum list_unique list_value list_where list_zip listagg
                    ln log log10 log2 lower lpad ltrim mad make_date make_time make_timestamp make_timestamp_ms make_timestamp_ns
                    map map_concat map_contains map_entries map_extract map_from_entries map_keys map_values max max_by md5 mean
                    median microsecond millennium millisecond min min_by minute mismatches mod mode month monthname multiply
                    nanosecond nextafter not_ilike_escape not_like_escape nth_value ntile nullif octet_length ord percent_rank pi
                    position pow power prefix product quantile quantile_cont quantile_disc quarter radians range rank rank_dense
                    regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
                    regexp_split_to_array regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy
                    regr_syy repeat replace reverse right round round_even roundbankers row row_number rpad rtrim second sem sha1
                    sha256 sign signbit sin sinh skewness split split_part sqrt starts_with stddev stddev_pop stddev_samp str_split
                    str_split_regex strftime string_agg string_split string_split_regex string_to_array strip_accents strlen strpos
                    strptime struct_concat struct_extract struct_extract_at struct_pack substr substring subtract suffix sum
                    sumkahan tan tanh time_bucket timezone to_base to_base64 to_binary to_centuries to_days to_decades to_hex
                    to_hours to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp
                    to_weeks to_years translate trim trunc try_strptime typeof ucase unbin unhex unicode unnest upper var_pop
                    var_samp variance wavg week weekday weekofyear weighted_avg year yearweek ilike_escape
                    """
                    .strip().split("\\s+"));

    /// Functions that stand for tables.
    static final Set<String> TABLES = Set.of("range", "generate_series", "unnest");

    /// What expressions, tables, queries and what is around them are called in the tree that DuckDB makes of SQL.
    static final Set<String> NODES = Set.of("""
            SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE
            BASE_TABLE JOIN SUBQUERY TABLE_FUNCTION EMPTY EXPRESSION_LIST
            ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER
            """.strip().split("\\s+"));

    /// Classes of expressions.
    static final Set<String> EXPRESSIONS = Set
            .of("""
                    AGGREGATE CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT DEFAULT FUNCTION OPERATOR STAR SUBQUERY WINDOW
                    COLLATE BETWEEN POSITIONAL_REFERENCE LAMBDA LAMBDA_REF TYPE
                    """
                    .strip().split("\\s+"));

    private SqlNames() {}
}
