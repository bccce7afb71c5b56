package org.neuropil.volume.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store store() throws IOException {
        return new FileStore(Files.createTempDirectory(folder, "store"));
    }
}
