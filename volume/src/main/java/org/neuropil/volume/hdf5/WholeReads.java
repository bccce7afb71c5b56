package org.neuropil.volume.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of which a reading gives all bytes that it asks for, or fails. jhdf takes what is left of a reading from the same
/// place again, so that it would read a file's last bytes hundreds of millions of times where a length is damaged, and
/// other bytes than there are where a reading comes in pieces.
final class WholeReads implements SeekableByteChannel {
    private final SeekableByteChannel file;

    WholeReads(Path file) throws IOException {
        this.file = Files.newByteChannel(file);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        int wanted = bytes.remaining();
        if (wanted > file.size() - file.position()) {
            throw new EOFException("there are no " + wanted + " bytes from byte " + file.position() + " on");
        }
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("became shorter while it was read");
            }
        }
        return wanted;
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
