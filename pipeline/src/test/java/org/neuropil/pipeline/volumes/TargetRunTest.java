package org.neuropil.pipeline.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;
import org.neuropil.volume.format.WriteOptions;

import com.sun.net.httpserver.HttpServer;

/// Cuts at every place between two steps of a run's end, as a kill makes them.
class TargetRunTest {
    private static final Box BOX = Box.ofSize(4, 4, 4);
    private static final RunOptions USUAL = new RunOptions(1, Progress.NONE, false, false);
    private static final RunOptions FORCE = USUAL.forced();

    private static final VolumeUri SOURCE = VolumeUri.parse("precomputed:///elsewhere/source", "test");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsLeftOfARunThatWasKilledBehindItsEndIsClearedAway() throws IOException {
        VolumeUri place = local("out");
        make(place, 7, USUAL);
        assertThat(folder.resolve(".neuropil")).doesNotExist();

        // After the move, before anything of the work is gone.
        Path work = folder.resolve(".neuropil/out");
        Json.write(work.resolve("recipe.json"), recipe(7), false);
        Json.write(work.resolve("commit.json"), recipe(7), false);
        Files.createDirectories(work.resolve("scratch"));
        Files.writeString(folder.resolve(".neuropil/out.lock"), "");
        assertThat(make(place, 7, USUAL)).isEqualTo("already");
        assertThat(folder.resolve(".neuropil")).doesNotExist();

        // When the recipe, and when all but the lock, had been deleted.
        Files.createDirectories(work.resolve("scratch"));
        assertThat(make(place, 7, USUAL)).isEqualTo("already");
        assertThat(folder.resolve(".neuropil")).doesNotExist();
        Files.createDirectories(work.getParent());
        Files.writeString(folder.resolve(".neuropil/out.lock"), "");
        assertThat(make(place, 7, USUAL)).isEqualTo("already");
        assertThat(folder.resolve(".neuropil")).doesNotExist();
        assertThat(voxel(place)).isEqualTo(7);
    }

    @Test
    void unfinishedWorkOfAnotherRecipeStaysWhereAResultIsFound() throws IOException {
        VolumeUri place = local("out");
        make(place, 7, USUAL);
        try (TargetRun run = TargetRun.open(place, SOURCE, recipe(8), FORCE)) {
            run.create(info(), WriteOptions.USUAL);
        }
        assertThat(make(place, 7, USUAL)).isEqualTo("already");
        assertThat(folder.resolve(".neuropil/out/volume/info")).exists();
    }

    @Test
    void aReplacementThatWasCutOffBetweenItsMovesIsMadeByWhateverComesNext() throws IOException {
        VolumeUri place = local("out");
        make(place, 7, USUAL);
        make(local("other"), 8, USUAL);
        Path work = folder.resolve(".neuropil/out");
        Json.write(work.resolve("recipe.json"), recipe(8), false);
        Json.write(work.resolve("commit.json"), recipe(8), false);
        Files.move(folder.resolve("other"), work.resolve("volume"));
        Files.move(folder.resolve("out"), work.resolve("replaced"));

        assertThatThrownBy(() -> make(place, 9, USUAL)).isInstanceOf(InputException.class)
                .hasMessageContaining("exists already");
        assertThat(voxel(place)).isEqualTo(8);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
        assertThat(make(place, 8, USUAL)).isEqualTo("already");
    }

    @Test
    void aReplacementThatWasCutOffBeforeItsMovesIsMadeToo() throws IOException {
        VolumeUri place = local("out");
        make(place, 7, USUAL);
        make(local("other"), 8, USUAL);
        Path work = folder.resolve(".neuropil/out");
        Json.write(work.resolve("commit.json"), recipe(8), false);
        Files.move(folder.resolve("other"), work.resolve("volume"));

        assertThat(make(place, 8, FORCE)).isEqualTo("already");
        assertThat(voxel(place)).isEqualTo(8);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
    }

    @Test
    void forceReplacesAndLeavesNothing() throws IOException {
        VolumeUri place = local("out");
        make(place, 7, USUAL);
        assertThatThrownBy(() -> make(place, 8, USUAL)).isInstanceOf(InputException.class);
        assertThat(make(place, 8, FORCE)).isEqualTo("made");
        assertThat(voxel(place)).isEqualTo(8);
        assertThat(folder.resolve(".neuropil")).doesNotExist();
    }

    @Test
    void whatHasAppearedInItsPlaceIsNotReplacedUnasked() throws IOException {
        VolumeUri place = local("out");
        try (TargetRun run = TargetRun.open(place, SOURCE, recipe(7), USUAL)) {
            run.create(info(), WriteOptions.USUAL);
            Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("precious"), "mine");
            assertThatThrownBy(() -> run.commit(Map.of())).isInstanceOf(InputException.class)
                    .hasMessageContaining("exists already");
        }
        assertThat(folder.resolve("out/precious")).hasContent("mine");
    }

    @Test
    void aRecipeThatWasTornIsNoReasonToStop() throws IOException {
        Files.createDirectories(folder.resolve(".neuropil/out"));
        Files.writeString(folder.resolve(".neuropil/out/recipe.json"), "");
        assertThat(make(local("out"), 7, USUAL)).isEqualTo("made");
        assertThat(folder.resolve(".neuropil")).doesNotExist();
    }

    @Test
    void twoAtATimeAreRefusedAlsoInOneProcess() throws IOException {
        VolumeUri place = local("out");
        try (TargetRun _ = TargetRun.open(place, SOURCE, recipe(7), USUAL)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> TargetRun.open(place, SOURCE, recipe(7), USUAL))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("somebody else");
            }
        }
        assertThat(make(place, 7, USUAL)).isEqualTo("made");
    }

    @Test
    void whereNothingCanBeMovedAVolumeThatIsMadeAnewIsNotWhole() throws Exception {
        String home = System.setProperty("user.home", folder.toString());
        HttpServer server = bucket();
        try {
            VolumeUri place = VolumeUri.parse("precomputed://s3+http://127.0.0.1:" + server.getAddress().getPort()
                    + "/bucket/out?anonymous&region=eu-west-1", "test");
            make(place, 7, USUAL);
            assertThatThrownBy(() -> make(place, 8, USUAL)).isInstanceOf(InputException.class)
                    .hasMessageContaining("exists already");
            try (TargetRun run = TargetRun.open(place, SOURCE, recipe(8), FORCE)) {
                run.create(info(), WriteOptions.USUAL);
            }
            // What made the earlier volume does not find it done.
            assertThat(make(place, 7, FORCE)).isEqualTo("made");
            assertThat(make(place, 7, USUAL)).isEqualTo("already");
            assertThat(voxel(place)).isEqualTo(7);
        } finally {
            server.stop(0);
            System.setProperty("user.home", home);
        }
    }

    @Test
    void aVolumeOfOtherToolsInABucketIsNotOverwrittenUnasked() throws Exception {
        String home = System.setProperty("user.home", folder.toString());
        HttpServer server = bucket();
        try {
            VolumeUri place = VolumeUri.parse("precomputed://s3+http://127.0.0.1:" + server.getAddress().getPort()
                    + "/bucket/out?anonymous&region=eu-west-1", "test");
            Volume theirs = Volumes.create(place, info(), WriteOptions.USUAL);
            fill(theirs, 3);
            assertThatThrownBy(() -> make(place, 7, USUAL)).isInstanceOf(InputException.class)
                    .hasMessageContaining("exists already");
            assertThat(voxel(place)).isEqualTo(3);
            assertThat(make(place, 7, FORCE)).isEqualTo("made");
            assertThat(voxel(place)).isEqualTo(7);
        } finally {
            server.stop(0);
            System.setProperty("user.home", home);
        }
    }

    /// As much of S3 as this takes: objects that are put and got as a whole.
    private static HttpServer bucket() throws IOException {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String key = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = new byte[0];
            int status = 200;
            if (exchange.getRequestMethod().equals("PUT")) {
                objects.put(key, body);
            } else if (objects.containsKey(key)) {
                answer = objects.get(key);
            } else {
                status = 404;
                answer = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    /// Makes a volume of one value, unless it has been made.
    private static String make(VolumeUri place, int value, RunOptions options) throws IOException {
        try (TargetRun run = TargetRun.open(place, SOURCE, recipe(value), options)) {
            if (run.finished().isPresent()) {
                return "already";
            }
            fill(run.create(info(), WriteOptions.USUAL), value);
            Provenance provenance = run.commit(Map.of("value", value));
            assertThat(provenance.recipeSha256()).isEqualTo(recipe(value).digest());
            return "made";
        }
    }

    private static void fill(Volume volume, int value) throws IOException {
        byte[] voxels = new byte[BOX.voxels()];
        Arrays.fill(voxels, (byte) value);
        volume.write(0, new Block.Bytes(BOX, voxels, DataType.UINT8));
    }

    private static double voxel(VolumeUri place) throws IOException {
        return Volumes.open(place, OpenOptions.NONE).read(0, BOX).value(0);
    }

    private static Recipe recipe(int value) {
        return new Recipe("make", "test", 0, Map.of("value", value), List.of());
    }

    private static VolumeInfo info() {
        return new VolumeInfo(VolumeInfo.Kind.IMAGE, DataType.UINT8,
                List.of(new Scale(new VoxelSize(8, 8, 8), BOX, Int3.all(4))));
    }

    private VolumeUri local(String name) {
        return VolumeUri.parse("precomputed://" + folder.resolve(name), "test");
    }
}
