package org.neuropil.tables.schema;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Rows;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// Annotations as JSON, as CAVE's clients send and get them, and as rows. Both ways are read and written as they come:
/// memory is what the columns take.
///
/// What is read is a list of objects, or an object that has it as `annotations`. Each is a row; a field stands in it nested
/// or flat:
///
/// ```json
/// [{"pre_pt": {"position": [1, 2, 3], "supervoxel_id": "72902183", "root_id": 8}, "size": 3.5},
///  {"pre_pt_position": [1, 2, 3], "size": null, "id": 12},
///  {"pre_pt_position_x": 1, "pre_pt_position_y": 2, "pre_pt_position_z": 3}]
/// ```
///
/// - positions are in voxels of the table, whole numbers of 32 bits; 3.0 is one, 3.5 is not;
/// - ids are whole numbers below 2^63 or texts of their digits, never floats;
/// - `valid`, `created` and roots are taken and forgotten, since only the server knows them; `deleted` and `superceded_id`
///   must be null or "None", which is what rows have that stand;
/// - `id` is given by all rows or by none;
/// - whatever else is not in the kind, or not of the type of its field, is an error that names row (from 0), field and
///   value. All rows are looked at; ten errors are told, the others counted.
public final class Annotations {
    // Python's writer gives NaN, which is no JSON: taken so far that the error can name row and field.
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private Annotations() {}

    /// Reads new rows. Fields that are left out are absent, or what they are otherwise.
    ///
    /// @param json UTF-8; not closed
    /// @return columns of [TableSchema#given]; `id` and `NAME_supervoxel_id` among them where rows have given them, as
    ///     the store's insert wants it
    /// @throws InputException if a row is none of the kind, or the bytes are no JSON
    /// @throws IOException if the stream cannot be read
    public static Rows read(TableSchema schema, InputStream json) throws IOException {
        return reader(schema, json, false).rows();
    }

    /// Reads rows that are to replace others, of which each says its `id` and the fields that change.
    ///
    /// @param json UTF-8; not closed
    /// @throws InputException if what is given does not fit the kind, or an `id` is missing or given twice
    public static AnnotationChanges changes(TableSchema schema, InputStream json) throws IOException {
        AnnotationReader reader = reader(schema, json, true);
        return new AnnotationChanges(schema, reader.rows(), reader.gave());
    }

    private static AnnotationReader reader(TableSchema schema, InputStream json, boolean partial) throws IOException {
        AnnotationReader reader = new AnnotationReader(schema, partial);
        Source source = new Source(json);
        try (JsonParser parser = MAPPER.createParser(source)) {
            reader.read(parser);
        } catch (JacksonException e) {
            if (source.failure != null) {
                throw source.failure;
            }
            throw reader.fatal(e);
        }
        return reader;
    }

    /// Remembers that it could not be read: the parser says of bytes that are no text, too, that reading them failed.
    private static final class Source extends FilterInputStream {
        private @Nullable IOException failure;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /// Writes rows flat: `id`, `created`, `deleted`, `superceded_id`, `valid`, then fields, with positions as
    /// `NAME_position: [x, y, z]`. Moments are texts, and that of a row which stands is "None", as Python says it.
    ///
    /// @param rows columns of [TableSchema#kept]; supervoxels may be left out, as they are not written
    /// @param out gets UTF-8; not closed
    public static void write(TableSchema schema, Rows rows, OutputStream out) throws IOException {
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            new AnnotationWriter(schema, rows).write(json);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
