package org.neuropil.server.cave;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;

/// Where cells touch, in the shapes that clients expect: areas of contact sites, in voxel faces, by partner. A site is a
/// piece of the border between two cells: contacts of supervoxels belong to one if they share a supervoxel, or if both
/// supervoxels of the one touch those of the other on their side.
final class ContactEndpoints {
    private ContactEndpoints() {}

    /// `GET node/{id}/contact_sites`: by root of the partner with `partners`, otherwise each site by a number of its own.
    static Answer sites(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long node = Nodes.known(table.graph(), query.id("id"), "node");
        Map<Long, List<Long>> areas = ContactAreas.of(table.graph(), node, query.bounds(), _ -> true);
        Map<String, List<Integer>> answer = new LinkedHashMap<>();
        boolean partners = query.flag("partners", false);
        for (Map.Entry<Long, List<Long>> entry : areas.entrySet()) {
            if (partners) {
                answer.put(Long.toUnsignedString(entry.getKey()), counts(entry.getValue()));
            } else {
                for (int area : counts(entry.getValue())) {
                    answer.put(Integer.toString(answer.size()), List.of(area));
                }
            }
        }
        return CaveJson.answer(call, answer);
    }

    /// `GET contact_sites_pair/{a}/{b}`: areas of the sites between two roots.
    static Answer pair(Call call, GraphTable table) throws IOException {
        CaveQuery query = new CaveQuery(call);
        long a = Nodes.known(table.graph(), query.id("a"), "node");
        long b = Nodes.known(table.graph(), query.id("b"), "node");
        return CaveJson.answer(call, counts(
                ContactAreas.of(table.graph(), a, query.bounds(), partner -> partner == b).getOrDefault(b, List.of())));
    }

    private static List<Integer> counts(List<Long> areas) {
        return areas.stream().map(area -> (int) Math.min(area, Integer.MAX_VALUE)).toList();
    }
}
