package org.neuropil.coregister;

import java.util.List;

import org.neuropil.space.InputException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to what reads landmarks and points: whatever they are, equal landmarks come out when they are written and
/// read again, or a declared error.
class LandmarksFuzzTest {
    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        try {
            List<Landmark> landmarks = LandmarkCsv.parse(input, "landmarks.csv");
            for (LandmarkCsv.Form form : LandmarkCsv.Form.values()) {
                List<Landmark> again = LandmarkCsv.parse(LandmarkCsv.bytes(landmarks, form), "again.csv");
                if (!again.equals(landmarks)) {
                    throw new IllegalStateException(landmarks + " became " + again);
                }
            }
        } catch (InputException e) {
            check(e);
        }
        try {
            PointTable.parse(input, "points.csv", List.of("x", "y", "z"));
        } catch (InputException e) {
            check(e);
        }
    }

    private static void check(InputException e) {
        if (e.sentence().length() > 1_000 || e.sentence().lines().count() > 1) {
            throw new IllegalStateException("an error of " + e.sentence().length() + " characters, or several lines",
                    e);
        }
    }
}
