package org.neuropil.coregister;

import java.util.List;
import java.util.Optional;

import org.neuropil.coregister.transform.Point3;
import org.neuropil.space.InputException;

/// How landmarks are written for another program, in the words of command line and HTTP. What stays empty stays the same.
///
/// @param first space of the points that stand first: `em` or `two-photon`
/// @param em unit of points in EM: `nm`, `um`, `mm`, or the size of a voxel
/// @param twoPhoton unit of points in the two-photon stack, likewise
/// @param toFirst space of the points that stand first in what is written
/// @param toEm unit in what is written
/// @param toTwoPhoton unit in what is written
/// @param mirrorY in µm, if y of the two-photon stack is counted from the other end
/// @param form `csv` (bare words) or `bigwarp` (all in quotes)
public record LandmarkWords(String first, String em, String twoPhoton, Optional<String> toFirst,
        Optional<String> toEm, Optional<String> toTwoPhoton, Optional<Double> mirrorY, String form) {

    /// @throws InputException if a word means nothing; its place is the option, `--em` and so on
    public LandmarkWords {
        FitWords.mirror(mirrorY);
        if (!form.equals("csv") && !form.equals("bigwarp")) {
            throw new InputException("'" + CsvText.shown(form) + "' is not one of csv, bigwarp", "--as", "");
        }
        to(from(first, em, twoPhoton), toFirst, toEm, toTwoPhoton);
    }

    private static LandmarkFrame from(String first, String em, String twoPhoton) {
        return new LandmarkFrame(Space.parse(first, "--first"), PointUnit.parse(em, "--em"),
                PointUnit.parse(twoPhoton, "--two-photon"));
    }

    private static LandmarkFrame to(LandmarkFrame from, Optional<String> first, Optional<String> em,
            Optional<String> twoPhoton) {
        return new LandmarkFrame(first.map(word -> Space.parse(word, "--to-first")).orElse(from.first()),
                em.map(word -> PointUnit.parse(word, "--to-em")).orElse(from.em()),
                twoPhoton.map(word -> PointUnit.parse(word, "--to-two-photon")).orElse(from.twoPhoton()));
    }

    /// Units and order of what is written.
    public LandmarkFrame to() {
        return to(from(first, em, twoPhoton), toFirst, toEm, toTwoPhoton);
    }

    /// Landmarks in other units and order.
    ///
    /// @throws InputException if a point is too far away for a number in the other unit
    public List<Landmark> convert(List<Landmark> landmarks) {
        List<Landmark> converted = from(first, em, twoPhoton).convert(landmarks, to(), FitWords.mirror(mirrorY));
        for (Landmark landmark : converted) {
            if (!isFinite(landmark.moving()) || !isFinite(landmark.fixed())) {
                throw new InputException("a point of '" + CsvText.shown(landmark.name())
                        + "' is too far away for a number in the other unit", "landmarks", "mend the point");
            }
        }
        return converted;
    }

    private static boolean isFinite(Optional<Point3> point) {
        return point.isEmpty() || point.get().allFinite();
    }

    /// A file of them.
    ///
    /// @param converted landmarks
    public byte[] bytes(List<Landmark> converted) {
        return LandmarkCsv.bytes(converted,
                form.equals("bigwarp") ? LandmarkCsv.Form.BIGWARP : LandmarkCsv.Form.PLAIN);
    }

    /// What was written, in a sentence.
    public String note(List<Landmark> converted) {
        return converted.size() + " landmarks, " + converted.stream().filter(Landmark::isUsed).count()
                + " of them active and with both points: " + to().first().word() + " first, EM in " + to().em()
                + ", two-photon in " + to().twoPhoton();
    }
}
