package org.neuropil.server.cave;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;

/// All paths of CAVE that are answered. What CAVE reads from the body of a GET may be sent by POST too, as some proxies
/// drop such bodies.
public final class CaveRoutes {
    /// The chunked graph's version whose contract is kept.
    private static final String GRAPH_VERSION = "2.21.1";
    private static final String MATERIALIZE_VERSION = "5.26.4";
    private static final List<Integer> GRAPH_APIS = List.of(0, 1);
    private static final String TABLE = "/segmentation/api/v1/table/{table}/";
    private static final String MESHING = "/meshing/api/v1/table/{table}/";
    private static final String INFO = "/info/api/v2/";
    private static final String ANNOTATION = "/annotation/api/v2/aligned_volume/{volume}/table";
    private static final List<String> GET = List.of("GET");
    private static final List<String> POST = List.of("POST");
    private static final List<String> PUT = List.of("PUT");
    private static final List<String> DELETE = List.of("DELETE");
    private static final List<String> EITHER = List.of("GET", "POST");
    private static final List<String> ALL = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private final List<Route> routes = new ArrayList<>();
    private final GraphCalls calls;

    private CaveRoutes(GraphCalls calls) {
        this.calls = calls;
    }

    /// The routes, special ones before general ones. A path of a CAVE service that is not answered has a route too, so
    /// that clients are told in CAVE's words.
    ///
    /// @param calls asks graphs
    /// @param facts of the dataset
    /// @param dataset its folder, in which links are kept
    /// @param tables its annotation tables
    public static List<Route> of(GraphCalls calls, DatasetFacts.Source facts, Path dataset, AnnotationTables tables) {
        CaveRoutes all = new CaveRoutes(calls);
        all.roots();
        all.nodes();
        all.edits();
        all.history();
        all.meshes();
        DiscoveryEndpoints info = new DiscoveryEndpoints(calls.tables(), facts);
        all.discovery(info);
        all.auth(new AuthEndpoints(calls));
        all.schemas(new SchemaEndpoints(tables));
        all.materialize(new MaterializeMoments(tables, calls.tables(), info, calls.guard()), facts);
        all.annotations(new AnnotationAccess(calls, facts, tables));
        all.links(new LinkEndpoints(new LinkStates(dataset), calls.guard()));
        for (String service : List.of("segmentation", "meshing", "l2cache", "info", "auth", "sticky_auth", "auth_info",
                "annotation", "materialize", "schema", "nglstate", "skeletoncache")) {
            all.add(ALL, "/" + service + "/{rest...}", call -> {
                throw Problem.notFound("this server has no such service", "/" + service + "/" + call.variable("rest"),
                        "");
            });
        }
        return List.copyOf(all.routes);
    }

    private void roots() {
        read(POST, TABLE + "roots_binary", RootEndpoints::rootsBinary);
        read(POST, TABLE + "roots", RootEndpoints::roots);
        read(GET, TABLE + "node/{id}/root", RootEndpoints::root);
        read(POST, TABLE + "is_latest_roots", RootEndpoints::isLatest);
        read(POST, TABLE + "root_timestamps", RootEndpoints::timestamps);
        read(EITHER, TABLE + "valid_nodes", RootEndpoints::validNodes);
        read(GET, TABLE + "oldest_timestamp", RootEndpoints::oldest);
        read(GET, TABLE + "root/{id}/last_edit", RootEndpoints::lastEdit);
        read(POST, TABLE + "minimal_covering_nodes", RootEndpoints::minimalCover);
        read(POST, TABLE + "roots_from_coords", ChunkEndpoints::rootsAt);
        read(POST, TABLE + "supervoxel_lookup", ChunkEndpoints::lookup);
        read(GET, TABLE + "l2_chunk_children/{chunk}", ChunkEndpoints::children);
        read(GET, TABLE + "l2_chunk_children_binary/{chunk}", ChunkEndpoints::childrenBinary);
    }

    private void nodes() {
        read(POST, TABLE + "node/leaves_many", NodeEndpoints::leavesMany);
        read(POST, TABLE + "leaves_many", NodeEndpoints::leavesMany);
        read(GET, TABLE + "node/{id}/leaves", NodeEndpoints::leaves);
        read(GET, TABLE + "node/{id}/children", NodeEndpoints::children);
        read(GET, TABLE + "node/{id}/subgraph", NodeEndpoints::subgraph);
        read(GET, TABLE + "node/{id}/lvl2_graph", NodeEndpoints::level2Graph);
        make(POST, TABLE + "graph/find_path", NodeEndpoints::findPath);
        make(EITHER, TABLE + "node/{id}/contact_sites", ContactEndpoints::sites);
        make(GET, TABLE + "contact_sites_pair/{a}/{b}", ContactEndpoints::pair);
        make(GET, TABLE + "node/contact_sites_pair/{a}/{b}", ContactEndpoints::pair);
    }

    private void edits() {
        edit(TABLE + "merge", EditEndpoints::merge);
        edit(TABLE + "merge_admin", EditEndpoints::mergeWithin);
        edit(TABLE + "split", EditEndpoints::split);
        make(POST, TABLE + "graph/split_preview", EditEndpoints::preview);
        edit(TABLE + "undo", EditEndpoints::undo);
        edit(TABLE + "redo", EditEndpoints::redo);
        edit(TABLE + "rollback_user", LogEndpoints::rollback);
    }

    private void history() {
        read(POST, TABLE + "lineage_graph_multiple", HistoryEndpoints::lineages);
        read(GET, TABLE + "root/{id}/lineage_graph", HistoryEndpoints::lineage);
        read(EITHER, TABLE + "past_id_mapping", HistoryEndpoints::pastIds);
        read(GET, TABLE + "delta_roots", HistoryEndpoints::delta);
        read(GET, TABLE + "root/{id}/merge_log", HistoryEndpoints::mergeLog);
        read(GET, TABLE + "root/{id}/change_log", HistoryEndpoints::changeLog);
        read(GET, TABLE + "root/{id}/tabular_change_log", LogEndpoints::table);
        read(EITHER, TABLE + "tabular_change_log_many", LogEndpoints::tables);
        read(GET, TABLE + "tabular_change_log_recent", LogEndpoints::recent);
        read(GET, TABLE + "change_log", LogEndpoints::csv);
        read(GET, TABLE + "user_operations", LogEndpoints::ofUser);
        read(GET, TABLE + "operation_details", LogEndpoints::details);
    }

    private void meshes() {
        read(EITHER, MESHING + "manifest/{id}", MeshEndpoints::manifest);
        read(GET, MESHING + "node/{id}/validfragments", MeshEndpoints::validFragments);
        read(POST, MESHING + "remeshing", MeshEndpoints::remeshing);
        make(GET, "/segmentation/data/{table}/{file...}", MeshEndpoints::file);
    }

    private void discovery(DiscoveryEndpoints info) {
        for (String path : List.of("/segmentation/table/{table}/info", "/segmentation/1.0/{table}/info")) {
            read(GET, path, (call, table) -> Answer.json(TableInfo.of(table, call.origin()), Answer.REVALIDATE));
        }
        value("/segmentation/api/version", GRAPH_VERSION);
        value("/segmentation/api/versions", GRAPH_APIS);
        value("/meshing/api/version", GRAPH_VERSION);
        value("/meshing/api/versions", GRAPH_APIS);
        value("/info/version", DiscoveryEndpoints.INFO_VERSION);
        value("/info/api/version", DiscoveryEndpoints.INFO_VERSION);
        value("/info/api/versions", List.of(2));
        value("/info/health", "ok");
        add(GET, INFO + "datastacks", info::datastacks);
        add(GET, INFO + "datastack/full/{datastack}", info::datastack);
        add(GET, INFO + "datastack/{datastack}", info::datastack);
        add(GET, INFO + "datastack/{datastack}/image_sources", info::imageSources);
        add(GET, INFO + "aligned_volume", info::volumes);
        add(GET, INFO + "aligned_volume/id/{id}", info::volumeById);
        add(GET, INFO + "aligned_volume/{volume}", info::volume);
        add(GET, INFO + "aligned_volume/{volume}/datastacks", info::datastacksOf);
        add(GET, INFO + "ngl_info", info::layers);
    }

    private void auth(AuthEndpoints auth) {
        for (String prefix : List.of("/auth/api/v1/", "/sticky_auth/api/v1/")) {
            add(GET, prefix + "user/token", auth::own);
            add(GET, prefix + "group/{group}/user", auth::members);
            add(GET, prefix + "user", auth::users);
            add(GET, prefix + "username", auth::names);
            add(GET, prefix + "user/me", auth::me);
            add(GET, prefix + "user/cache", auth::me);
            add(GET, prefix + "service/{namespace}/table/{table}/dataset", auth::dataset);
            add(GET, prefix + "table/{table}/has_public", auth::isPublic);
            add(GET, prefix + "table/{table}/root/{root}/is_public", auth::isPublic);
        }
    }

    private void schemas(SchemaEndpoints schemas) {
        value("/schema/versions", List.of(2));
        value("/schema/api/versions", List.of(2));
        value("/schema/version", SchemaEndpoints.VERSION);
        add(GET, "/schema/api/v2/type", schemas::names);
        add(GET, "/schema/api/v2/type/{name}", schemas::document);
        add(POST, "/schema/api/v2/types", schemas::documents);
        add(GET, "/schema/api/v2/types", schemas::documents);
        add(GET, "/schema/api/v2/types_all", schemas::all);
    }

    private void materialize(MaterializeMoments moments, DatasetFacts.Source facts) {
        value("/materialize/version", MATERIALIZE_VERSION);
        value("/materialize/api/versions", List.of(2, 3));
        MaterializeTables tables = new MaterializeTables(calls, moments, facts);
        MaterializeEndpoints queries = new MaterializeEndpoints(calls, moments);
        MaterializeViews views = new MaterializeViews(calls, moments);
        MaterializeRuns runs = new MaterializeRuns(calls, moments, tables);
        SegmentProperties properties = new SegmentProperties(calls, moments);
        AnnotationLayer layer = new AnnotationLayer(calls, moments);
        for (String api : List.of("/materialize/api/v2/", "/materialize/api/v3/")) {
            String path = api + "datastack/{datastack}/";
            String version = path + "version/{version}";
            String table = version + "/table/{name}/";
            add(GET, path + "versions", tables::versions);
            add(GET, path + "metadata", tables::metadata);
            add(GET, version, tables::version);
            add(GET, version + "/tables", tables::tables);
            add(GET, version + "/tables/metadata", tables::tablesMetadata);
            add(GET, table + "metadata", tables::tableMetadata);
            add(GET, table + "count", tables::count);
            add(GET, table + "info", properties::info);
            add(POST, table + "query", queries::table);
            add(POST, version + "/query", queries::join);
            add(POST, path + "query", queries::live);
            add(GET, version + "/views", views::all);
            add(GET, version + "/views/schemas", views::schemas);
            add(GET, version + "/views/{name}/metadata", views::metadata);
            add(GET, version + "/views/{name}/schema", views::schema);
            add(POST, version + "/views/{name}/query", queries::view);
            add(GET, version + "/view/{name}/info", properties::info);
            add(GET, path + "table/{name}/info", properties::info);
            add(GET, path + "table/{name}/precomputed/info", layer::info);
            add(GET, path + "table/{name}/precomputed/by_id/{id}", layer::row);
            add(GET, path + "table/{name}/precomputed/{key}/{id}", layer::rows);
            add(GET, path + "table/{name}/unique_string_values", tables::uniqueValues);
            add(GET, path + "table/{name}/segmentation_metadata", tables::presentMetadata);
            String run = api + "materialize/run/";
            for (String lookup : List.of("ingest_annotations", "lookup_svid")) {
                add(POST, run + lookup + "/datastack/{datastack}/{name}", runs::bound);
            }
            for (String update : List.of("update_roots", "update_database")) {
                add(POST, run + update + "/datastack/{datastack}", runs::updated);
            }
            for (String freeze : List.of("create_frozen", "complete_workflow")) {
                add(POST, run + freeze + "/datastack/{datastack}", runs::freeze);
            }
        }
    }

    private void annotations(AnnotationAccess access) {
        AnnotationEndpoints tables = new AnnotationEndpoints(access);
        AnnotationRows rows = new AnnotationRows(access);
        value("/annotation/api/versions", List.of(2));
        add(GET, ANNOTATION, tables::names);
        add(POST, ANNOTATION, tables::create);
        add(PUT, ANNOTATION, tables::change);
        add(GET, ANNOTATION + "/{table}", tables::metadata);
        add(DELETE, ANNOTATION + "/{table}", tables::delete);
        add(GET, ANNOTATION + "/{table}/count", tables::count);
        add(GET, ANNOTATION + "/{table}/annotations", rows::get);
        add(POST, ANNOTATION + "/{table}/annotations", rows::insert);
        add(PUT, ANNOTATION + "/{table}/annotations", rows::update);
        add(DELETE, ANNOTATION + "/{table}/annotations", rows::delete);
    }

    private void links(LinkEndpoints links) {
        String path = LinkEndpoints.PATH;
        value(path + "version", LinkEndpoints.VERSION);
        value("/nglstate/version", LinkEndpoints.VERSION);
        add(POST, path + "post", links::post);
        add(POST, path + "post/{id}", links::replace);
        add(POST, path + "property/post", links::postProperty);
        add(POST, path + "property/post/{id}", links::replaceProperty);
        add(GET, path + "property/raw/{id}", links::property);
        add(GET, path + "property/{id}/info", links::property);
        add(GET, path + "property/{id}", links::property);
        add(GET, path + "raw/{id}", links::state);
        add(GET, path + "{id}", links::state);
    }

    private void value(String path, Object value) {
        add(GET, path, call -> CaveJson.answer(call, value));
    }

    private void read(List<String> methods, String path, GraphCalls.Read read) {
        add(methods, path, calls.read(read));
    }

    private void make(List<String> methods, String path, GraphCalls.Read read) {
        add(methods, path, calls.make(read));
    }

    private void edit(String path, GraphCalls.Edit edit) {
        add(POST, path, calls.edit(edit));
    }

    private void add(List<String> methods, String path, Route.Endpoint endpoint) {
        routes.add(new Route(methods, path, path, "As in CAVE", List.of(), null, MediaTypes.JSON, null, endpoint));
    }
}
