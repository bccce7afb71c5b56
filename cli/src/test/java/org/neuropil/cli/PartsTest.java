package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

/// Mips by number and size, boxes in voxels and lengths, as all verbs take them.
class PartsTest {
    @TempDir
    private Path folder = Path.of("");
    private final Session session = new Session();

    @BeforeEach
    void volume() throws IOException {
        Path raw = Session.stack(folder.resolve("raw"), 40, 32, 6, Session::em);
        assertThat(session.run("convert", raw, at("em"), "--voxel-size", "4.6x4.6x45nm", "--chunk", "16,16,16"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|voxel|3,4,1:13,24,5|3,4,1:13,24,5",
        // 4.6 nm is no binary fraction: 46 / 4.6 is a little more than 10.
        "0|nm|13.8,18.4,45:59.8,110.4,225|3,4,1:13,24,5", "0|um|0.0138,0.0184,0.045:0.0598,0.1104,0.225|3,4,1:13,24,5",
        "0|nm|14,19,46:59,110,224|3,4,1:13,24,5", "9.2x9.2x45nm|nm|18.4,18.4,45:55.2,110.4,225|2,2,1:6,12,5",
        "1|voxel|2,2,1:6,12,5|2,2,1:6,12,5"})
    void aBoxIsTakenInAnyUnitOfAnyMip(String mip, String unit, String box, String voxels) throws IOException {
        assertThat(session.run("cutout", at("em"), at("em.npy"), "--mip", mip, "--unit", unit, "--box", box)).isZero();
        assertThat(session.err).contains("box " + voxels + " in voxels of ");
        assertThat(session.out).contains(voxels);
        Box part = Box.parse(voxels, "test");
        Block expected = open(at("em")).read(mip.equals("0") ? 0 : 1, part);
        Volume npy = Volumes.open(VolumeUri.parse(at("em.npy"), "test"), new OpenOptions(
                java.util.Optional.of(new org.neuropil.space.VoxelSize(1, 1, 1)), java.util.Optional.empty(),
                java.util.OptionalInt.empty(), java.util.OptionalInt.empty()));
        assertThat(npy.read(0, Box.of(Int3.ZERO, part.size())).array()).isEqualTo(expected.array());
        assertThat(session.run("cutout", at("em"), at("other.npy"), "--mip", mip, "--unit", unit, "--box", box,
                "--quiet")).isZero();
        assertThat(session.err).isEmpty();
    }

    @Test
    void allVerbsTakeThem() throws IOException {
        assertThat(session.run("convert", at("em"), at("copy"), "--mip", "9.2x9.2x45nm", "--unit", "nm", "--box",
                "0,0,0:92,92,90")).isZero();
        assertThat(open(at("copy")).info().scale(0).bounds()).isEqualTo(Box.ofSize(10, 10, 2));
        assertThat(session.run("components", at("em"), at("pieces"), "--mip", "9.2x9.2x45nm", "--unit", "um", "--box",
                "0,0,0:0.092,0.092,0.09")).isZero();
        assertThat(open(at("pieces")).info().scale(0).bounds()).isEqualTo(Box.ofSize(10, 10, 2));
        assertThat(session.run("import", at("em"), "--out", at("dataset"), "--mip", "1", "--unit", "nm", "--box",
                "0,0,0:92,92,90")).isZero();
        assertThat(open(at("dataset/em")).info().scale(0).bounds()).isEqualTo(Box.ofSize(10, 10, 2));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(session.run("convert", at("em"), at("x"), "--mip", "8x8x40nm")).isEqualTo(1);
        assertThat(session.err).contains("--mip", "8x8x40nm", "4.6x4.6x45nm, 9.2x9.2x45nm");
        assertThat(session.run("convert", at("em"), at("x"), "--mip", "7")).isEqualTo(1);
        assertThat(session.err).contains("--mip", "7", "0 to");
        assertThat(session.run("convert", at("em"), at("x"), "--box", "0,0,0:1000,1,1", "--unit", "nm")).isEqualTo(1);
        assertThat(session.err).contains("0,0,0:218,1,1", "0,0,0:40,32,6");
        assertThat(session.run("convert", at("em"), at("x"), "--box", "0,0,0:900000000000,1,1", "--unit", "um"))
                .isEqualTo(1);
        assertThat(session.err).contains("900000000000 um", "--unit");
        assertThat(Files.exists(folder.resolve("x"))).isFalse();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static Volume open(String place) throws IOException {
        return Volumes.open(VolumeUri.parse(place, "test"), OpenOptions.NONE);
    }
}
