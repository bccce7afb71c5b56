package org.neuropil.volume.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JpegImageTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    @Test
    void givesBackNearlyTheSamples() throws IOException {
        byte[] samples = samples();
        byte[] jpeg = JpegImage.encode(samples, WIDTH, HEIGHT, 90);
        byte[] back = new byte[samples.length];
        JpegImage.decode(jpeg, 0, 1, back);
        for (int i = 0; i < samples.length; i++) {
            assertThat(Math.abs((samples[i] & 0xff) - (back[i] & 0xff))).isLessThanOrEqualTo(4);
        }
        assertThat(JpegImage.encode(samples, WIDTH, HEIGHT, 90)).isEqualTo(jpeg);
        assertThat(JpegImage.encode(samples, WIDTH, HEIGHT, 30)).hasSizeLessThan(jpeg.length);
    }

    @Test
    void wantsAsManyPixelsAndComponentsAsThereAre() throws IOException {
        byte[] jpeg = JpegImage.encode(samples(), WIDTH, HEIGHT, 90);
        assertThatThrownBy(() -> JpegImage.decode(jpeg, 0, 1, new byte[WIDTH * HEIGHT - 1]))
                .isInstanceOf(IOException.class).hasMessageContaining("40x30 pixels in place of 1199");
        assertThatThrownBy(() -> JpegImage.decode(jpeg, 0, 3, new byte[WIDTH * HEIGHT]))
                .isInstanceOf(IOException.class).hasMessageContaining("1 components in place of 3");
        assertThatIllegalArgumentException().isThrownBy(() -> JpegImage.encode(new byte[70_000], 70_000, 1, 90));
        assertThatIllegalArgumentException().isThrownBy(() -> JpegImage.encode(new byte[9], 3, 3, 0));
    }

    @Property(tries = 300, seed = "1")
    void damagedBytesGiveSamplesOrAnIoException(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] jpeg = JpegImage.encode(samples(), WIDTH, HEIGHT, 90);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            jpeg[random.nextInt(jpeg.length)] = (byte) random.nextInt();
        }
        try {
            JpegImage.decode(jpeg, 0, 1, new byte[WIDTH * HEIGHT]);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static byte[] samples() {
        byte[] samples = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (128 + 90 * Math.sin(i % WIDTH / 6.0) * Math.cos(i / WIDTH / 5.0));
        }
        return samples;
    }
}
