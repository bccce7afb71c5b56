package org.neuropil.tables.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;

import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/// LZ4 frames for Arrow by lz4-java. Arrow's own go through Commons Compress, which takes minutes for what this does in
/// tenths of a second.
final class Lz4Codec extends AbstractCompressionCodec {
    private static final int PREFIX = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

    @Override
    protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
        byte[] bytes = new byte[Math.toIntExact(plain.writerIndex())];
        plain.getBytes(0, bytes);
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The length before compression, in front, is written by the class above.
        return buffer(allocator, packed.toByteArray(), PREFIX);
    }

    @Override
    protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf packed) {
        byte[] bytes = new byte[Math.toIntExact(packed.writerIndex() - PREFIX)];
        packed.getBytes(PREFIX, bytes);
        try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(bytes))) {
            return buffer(allocator, in.readAllBytes(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArrowBuf buffer(BufferAllocator allocator, byte[] bytes, int at) {
        ArrowBuf buffer = allocator.buffer(at + (long) bytes.length);
        buffer.setBytes(at, bytes);
        buffer.writerIndex(at + (long) bytes.length);
        return buffer;
    }

    @Override
    public CompressionUtil.CodecType getCodecType() {
        return CompressionUtil.CodecType.LZ4_FRAME;
    }
}
