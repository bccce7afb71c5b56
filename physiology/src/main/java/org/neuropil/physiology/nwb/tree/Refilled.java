package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// An array of which chunks that are not there hold something else than it says.
///
/// @param array the array
/// @param element what each of their elements is
@SuppressWarnings("ArrayRecordComponent")
record Refilled(Array array, byte[] element) implements Array {
    @Override
    public String path() {
        return array.path();
    }

    @Override
    public String where() {
        return array.where();
    }

    @Override
    public Optional<Value> attribute(String name) {
        return array.attribute(name);
    }

    @Override
    public int[] shape() {
        return array.shape();
    }

    @Override
    public List<Part> parts() {
        return array.parts();
    }

    @Override
    public int width() {
        return array.width();
    }

    @Override
    public int[] chunk() {
        return array.chunk();
    }

    @Override
    public boolean isFirstFastest() {
        return array.isFirstFastest();
    }

    @Override
    public Optional<byte[]> read(int[] corner) throws IOException {
        return array.read(corner);
    }

    @Override
    public byte[] fill() {
        return element.clone();
    }

    @Override
    public long missingChunks() throws IOException {
        return array.missingChunks();
    }

    @Override
    public List<String> texts() throws IOException {
        return array.texts();
    }
}
