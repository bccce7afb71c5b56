package org.neuropil.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.graph.Graph;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Software;
import org.neuropil.server.api.DatasetReport;
import org.neuropil.server.api.OpenApi;
import org.neuropil.server.api.Parts;
import org.neuropil.server.api.ViewerState;
import org.neuropil.server.cave.AnnotationTables;
import org.neuropil.server.cave.CaveRoutes;
import org.neuropil.server.cave.DatasetFacts;
import org.neuropil.server.cave.GraphCalls;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.published.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that the server answers.
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String HTML = "text/html";

    private Routes() {}

    /// What `/health` answers.
    ///
    /// @param status `ok`
    /// @param software that answers
    record Health(String status, String software) {}

    /// The routes, special ones before general ones.
    ///
    /// @param calls asks the graphs
    /// @param backups of them
    /// @param annotations the tables
    /// @param computations what is computed of sessions
    static List<Route> of(LiveDataset dataset, StaticSite site, Metrics metrics, GraphCalls calls,
            GraphBackups backups, AnnotationTables annotations, Computations computations) {
        DataFiles files = new DataFiles(dataset);
        SiteFiles pages = new SiteFiles(site);
        FigureService figures = new FigureService(dataset);
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("/health", "health", "Whether the server runs", List.of(), MediaTypes.JSON, Health.class,
                call -> Answer.json(new Health("ok", Software.NAME), Answer.VOLATILE)));
        routes.add(new Route("/metrics", "metrics", "Figures of the server for Prometheus", List.of(), Metrics.TYPE,
                null,
                call -> Answer.bytes(Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8), Answer.VOLATILE)));
        routes.add(new Route("/api/v1/dataset", "dataset", "The dataset, its parts, runs and scores", List.of(),
                MediaTypes.JSON, DatasetReport.class, call -> {
                    LiveDataset.Snapshot now = dataset.now();
                    String viewer = viewer(now.dataset(), call.origin(), calls).link();
                    return Answer.json(DatasetReport.of(now.dataset(), now::files, viewer), Answer.REVALIDATE);
                }));
        routes.add(new Route("/api/v1/figure/section.png", "section", "A section of the image with segments over it",
                List.of(Parameter.query("z", "integer", "section, a voxel of mip 0; the middle one if left out", "0"),
                        Parameter.query("overlay", "boolean", "false for the image alone", "true"),
                        Parameter.query("size", "integer", "the most pixels along an edge, 16 to 4096", "512")),
                MediaTypes.PNG, null, figures::section));
        routes.add(new Route("/api/v1/openapi.json", "openapi", "This description", List.of(), MediaTypes.JSON,
                Map.class, call -> Answer.json(OpenApi.document(routes), Answer.REVALIDATE)));
        routes.add(new Route("/data/{part}/{file...}", "data", "A file of a part; byte ranges are answered",
                List.of(Parameter.path("part", "name of the part", "em"),
                        Parameter.path("file", "path in the part, with slashes", "info")),
                MediaTypes.BYTES, null, files::answer));
        routes.addAll(GraphApi.routes(calls));
        routes.addAll(BackupApi.routes(calls, backups));
        routes.addAll(SchemaApi.routes(calls, annotations));
        routes.addAll(TablesApi.routes(calls, annotations));
        ServedSessions sessions = new ServedSessions(dataset, calls, computations);
        routes.addAll(SessionsApi.routes(sessions));
        routes.addAll(MetricsApi.routes(sessions));
        routes.addAll(DecodeApi.routes(sessions));
        routes.addAll(PlotsApi.routes(sessions));
        ServedModels models = new ServedModels(dataset);
        routes.addAll(CoregisterApi.routes(models, computations));
        routes.addAll(LandmarksApi.routes(computations));
        routes.addAll(TracesApi.routes(computations));
        routes.addAll(MatchApi.routes(models, computations, new TablesApi(calls, annotations)));
        routes.addAll(AskApi.routes(computations, new TablesApi(calls, annotations)));
        routes.addAll(CaveRoutes.of(calls, () -> facts(dataset.now().dataset()), dataset.folder(),
                annotations));
        for (String folder : List.of("viewer/", "assets/", "")) {
            String name = folder.isEmpty() ? "site" : folder.substring(0, folder.length() - 1);
            routes.add(new Route("/" + folder + "{file...}", name, "Pages and what belongs to them",
                    List.of(Parameter.path("file", "path of the file, with slashes", "index.html")), HTML, null,
                    call -> pages.answer(folder, call)));
        }
        return List.copyOf(routes);
    }

    /// A graph that another process holds open does not keep the page from being shown.
    private static ViewerState viewer(Dataset dataset, String origin, GraphCalls calls) throws IOException {
        try {
            Optional<ViewerState> state = calls.main(table -> ViewerState.of(dataset, origin,
                    Optional.of(new ViewerState.Cells(table.name(), supervoxels -> table.graph().roots(supervoxels,
                            Graph.NOW, table.graph().info().layers())))));
            if (state.isPresent()) {
                return state.get();
            }
        } catch (InputException e) {
            LOG.warn("the graph cannot be shown: {}", e.sentence());
        }
        return ViewerState.of(dataset, origin);
    }

    private static DatasetFacts facts(Dataset dataset) throws IOException {
        Optional<String> image = Parts.main(dataset, Dataset.Kind.IMAGE, Parts.IMAGE);
        Optional<String> segmentation = Parts.main(dataset, Dataset.Kind.SEGMENTATION, Parts.SEGMENTATION);
        Optional<String> space = image.or(() -> segmentation);
        PublicDataset published = Published.of(dataset.folder()).map(Published::dataset).orElse(null);
        VoxelSize voxel = space.isPresent()
                ? dataset.volume(space.get()).info().scale(0).voxelSize()
                : published == null || published.viewerResolution().isEmpty() ? null : published.viewerVoxels();
        return new DatasetFacts(dataset.about().name(), dataset.about().title(), image.orElse(null),
                segmentation.orElse(null), voxel, published);
    }
}
