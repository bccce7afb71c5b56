package org.neuropil.volume.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import org.neuropil.space.InputException;

import io.jhdf.HdfFile;
import io.jhdf.api.Node;

/// An HDF5 file that is open for reading, for those who look for more in it than a volume. Safe for use by several threads.
public final class Hdf5File implements Closeable {
    private final String file;
    private final WholeReads channel;
    private final HdfFile hdf;

    private Hdf5File(String file, WholeReads channel, HdfFile hdf) {
        this.file = file;
        this.channel = channel;
        this.hdf = hdf;
    }

    /// Opens a file.
    ///
    /// @throws InputException if it is not there, is no such file, or is shorter than it says
    public static Hdf5File open(Path path) throws IOException {
        String file = path.toAbsolutePath().normalize().toString();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new InputException("cannot be read, or is not there", file, "");
        }
        WholeReads channel = new WholeReads(path);
        try {
            HdfFile hdf = new HdfFile(channel, path.toUri());
            long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress() + hdf.getUserBlockSize();
            if (end > channel.size()) {
                throw new InputException("is cut short: it has " + channel.size() + " bytes, and says that it has "
                        + end, file, "copy it anew");
            }
            return new Hdf5File(file, channel, hdf);
        } catch (InputException e) {
            channel.close();
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            channel.close();
            throw Hdf5Datasets.damage(file, e);
        }
    }

    /// Asks jhdf for something, one thread at a time.
    ///
    /// @throws InputException if it fails: the file is damaged then, or has what is not supported
    public <T> T ask(Function<HdfFile, T> question) {
        synchronized (hdf) {
            try {
                return question.apply(hdf);
            } catch (InputException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw Hdf5Datasets.damage(file, e);
            }
        }
    }

    /// What lies at a path, links within the file followed; empty if there is nothing.
    ///
    /// @param path names with `/` between them; empty for the root
    public Optional<Node> find(String path) {
        return ask(root -> {
            Node found = Hdf5Links.follow(root, file, path);
            boolean isRoot = path.replace("/", "").isEmpty();
            return found instanceof HdfFile && !isRoot ? Optional.empty() : Optional.of(found);
        });
    }

    /// Its whole name.
    public String name() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
