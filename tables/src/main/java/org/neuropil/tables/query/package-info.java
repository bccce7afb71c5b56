/// Questions as data, and their answers by DuckDB over Parquet and live rows. [Query] is the question, [QueryBuilder] makes
/// one, [Queries] answers it; [SqlQuery] is one in SQL; both give an [Answer]. [Engine] is the DuckDB that they share, and
/// [Source] what it reads. Uses `column` and `schema`.
@NullMarked
package org.neuropil.tables.query;

import org.jspecify.annotations.NullMarked;
