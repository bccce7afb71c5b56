package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import org.neuropil.physiology.file.PlainWriter;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.nwb.NwbZarrExport;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil sessions export`.
@Command(name = "export", header = "Writes a session as a folder of NPY and CSV files, or as NWB.", description = {
    "",
    "NPY and CSV: traces are float32, frames by ROIs; NumPy, R and spreadsheets open them, and so does neuropil. NWB is "
            + "written in Zarr, as V1DD lays it out, for pynwb with hdmf-zarr, which also makes HDF5 of it."}, footer = {
                "  neuropil sessions export recordings/M409828_13_20180921.nwb.zarr plain/",
                "  neuropil sessions export neuropil-v1dd/physiology/M409828_13 M409828_13.nwb.zarr --as nwb-zarr",
                "  neuropil sessions export film.mat film/ --force"})
final class SessionsExportVerb extends Verb {
    private static final String PLAIN = "plain";
    private static final String NWB_ZARR = "nwb-zarr";

    @Parameters(index = "0", arity = "1", paramLabel = "SESSION", description = "File or folder of a session.")
    private Path given = Path.of("");

    @Parameters(index = "1", arity = "1", paramLabel = "FOLDER", description = "Folder to write.")
    private Path out = Path.of("");

    @Option(names = "--as", paramLabel = "FORM", description = "plain, which is NPY and CSV, or nwb-zarr; plain if left out.")
    private String form = PLAIN;

    @Mixin
    private MissingChunksOption gaps = new MissingChunksOption();

    @Override
    Path folder() {
        return out;
    }

    @Override
    void run() throws IOException {
        if (!form.equals(PLAIN) && !form.equals(NWB_ZARR)) {
            throw usage("--as '" + form + "' is none of " + PLAIN + ", " + NWB_ZARR + (form.equals("nwb-hdf5")
                    ? "; hdmf-zarr makes HDF5 of NWB in Zarr"
                    : ""));
        }
        Path whole = out.toAbsolutePath().normalize();
        if (Files.exists(whole) && !common().force()) {
            throw new InputException("is there already", out.toString(), "--force replaces it");
        }
        if (given.toAbsolutePath().normalize().startsWith(whole)) {
            throw new InputException("is the session, or holds it", out.toString(), "write to another folder");
        }
        FileStore.sweepBeside(whole);
        Path beside = FileStore.beside(whole);
        try (Session session = SessionFolder.open(given, gaps.of(this))) {
            if (form.equals(NWB_ZARR)) {
                NwbZarrExport.write(session, beside);
            } else {
                PlainWriter.write(session, beside);
            }
            delete(whole);
            Files.move(beside, whole);
            say(session.info().name() + ": " + session.planes().size() + " planes, " + session.rois() + " ROIs in "
                    + out);
        } finally {
            delete(beside);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
