package org.neuropil.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.store.ParquetSession;
import org.neuropil.physiology.store.SessionRows;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.server.http.Route;
import org.neuropil.server.http.Route.Parameter;

/// Sessions of calcium imaging: what they are, their ROIs, what was shown, traces. Numbers that are not known are null in JSON
/// and NaN elsewhere; times are seconds on the session's clock.
///
/// @param sessions of the dataset
record SessionsApi(ServedSessions sessions) {
    static final String PATH = TablesApi.PATH + "sessions/{session}";
    /// Values of traces or signals in one answer: the whole traces of 80 ROIs of a session of 35 minutes.
    static final int MOST_VALUES = 1_000_000;

    /// A session in the list.
    ///
    /// @param frames of the plane that has most
    /// @param minutes from the first frame to the last
    /// @param kinds of traces that any plane has
    /// @param stimuli names of its parts
    record SessionEntry(String session, String subject, int planes, int rois, int frames, double minutes,
            List<String> kinds, List<String> stimuli) {}

    /// Something among the sessions that cannot be read, or is none.
    record SkippedEntry(String path, String why) {}

    /// All sessions.
    record SessionList(List<SessionEntry> sessions, List<SkippedEntry> skipped) {}

    /// A plane.
    ///
    /// @param depth um below the pia
    /// @param rate frames a second
    /// @param first seconds of the first frame
    /// @param last seconds of the last frame
    record PlaneEntry(int number, String name, @Nullable Double depth, @Nullable Double rate, int width, int height,
            int rois, int frames, @Nullable Double first, @Nullable Double last, List<String> kinds) {}

    /// A stimulus.
    ///
    /// @param conditions how many differ
    /// @param first seconds of the first start
    /// @param last seconds of the last stop
    record StimulusEntry(String stimulus, String family, int presentations, long conditions, double first,
            double last) {}

    /// A part of the session.
    record EpochEntry(String name, double start, double stop) {}

    /// Something that was measured beside the cells.
    record SignalEntry(String name, String unit, int samples) {}

    /// What a session is.
    ///
    /// @param layout of the file that it was made from
    /// @param notes what was left out or guessed as it was read
    record SessionAnswer(String session, String subject, String layout, Map<String, String> properties,
            List<String> notes, int rois, List<PlaneEntry> planes, List<StimulusEntry> stimuli,
            List<EpochEntry> epochs, List<SignalEntry> signals) {}

    /// The routes.
    static List<Route> routes(ServedSessions sessions) {
        SessionsApi api = new SessionsApi(sessions);
        Parameter session = SessionQuery.SESSION;
        return List.of(
                new Route(TablesApi.PATH + "sessions", "sessions", "The sessions of calcium imaging", List.of(),
                        MediaTypes.JSON, SessionList.class, _ -> api.list()),
                new Route(PATH, "session", "What a session is: planes, stimuli, parts, signals", List.of(session),
                        MediaTypes.JSON, SessionAnswer.class, api::describe),
                new Route(PATH + "/rois", "session-rois", "Its ROIs, with the parts of their keys",
                        List.of(session, SessionQuery.PLANES, SessionQuery.ROIS, TableRows.FORMAT), TableRows.TYPES,
                        TableRows.Shape.class, api::rois),
                new Route(PATH + "/presentations", "session-presentations", "What was shown, and when",
                        List.of(session, SessionQuery.STIMULI, TableRows.FORMAT), TableRows.TYPES,
                        TableRows.Shape.class, api::presentations),
                new Route(PATH + "/epochs", "session-epochs", "The parts of the session",
                        List.of(session, TableRows.FORMAT), TableRows.TYPES, TableRows.Shape.class, api::epochs),
                new Route(PATH + "/signals", "session-signals", "Running speed, pupil and what else was measured",
                        List.of(session, SessionQuery.START, SessionQuery.STOP, TableRows.FORMAT), TableRows.TYPES,
                        TableRows.Shape.class, api::signals),
                new Route(PATH + "/traces", "session-traces",
                        "Traces of some ROIs, a row for each frame; at most " + MOST_VALUES + " values",
                        List.of(session, SessionQuery.ROIS, SessionQuery.PLANES, SessionQuery.TRACE,
                                SessionQuery.START, SessionQuery.STOP, TableRows.FORMAT),
                        TableRows.TYPES, TableRows.Shape.class, api::traces));
    }

    private Answer list() throws IOException {
        SessionFolder.Listing listing = sessions.list();
        return GraphApi.answer(new SessionList(
                listing.sessions().stream().map(one -> new SessionEntry(String.valueOf(one.path().getFileName()),
                        one.subject(), one.planes(), one.rois(), one.frames(), one.minutes(),
                        one.kinds().stream().sorted().map(TraceKind::word).toList(), one.stimuli())).toList(),
                listing.skipped().stream().map(
                        one -> new SkippedEntry(String.valueOf(one.path().getFileName()), sessions.shown(one.why())))
                        .toList()));
    }

    private Answer describe(Call call) throws IOException {
        return sessions.read(call, session -> GraphApi.answer(new SessionAnswer(session.info().name(),
                session.info().subject(),
                session instanceof ParquetSession stored ? stored.madeFrom() : session.info().layout(),
                session.info().properties(), session.info().notes(), session.rois(),
                session.planes().stream().map(SessionsApi::plane).toList(), stimuli(session),
                session.epochs().stream().map(SessionsApi::epoch).toList(),
                session.signals().stream().map(
                        one -> new SignalEntry(one.name(), one.unit(), one.trace().clock().frames())).toList())));
    }

    private static PlaneEntry plane(Plane plane) {
        Clock clock = plane.clock();
        int frames = clock.frames();
        return new PlaneEntry(plane.number(), plane.name(), real(plane.depth()), real(plane.rate()), plane.width(),
                plane.height(), plane.rois().size(), frames, frames == 0 ? null : (Double) clock.time(0),
                frames == 0 ? null : (Double) clock.time(frames - 1),
                plane.kinds().stream().sorted().map(TraceKind::word).toList());
    }

    private static EpochEntry epoch(Epoch epoch) {
        return new EpochEntry(epoch.name(), epoch.start(), epoch.stop());
    }

    private static List<StimulusEntry> stimuli(Session session) {
        Map<String, List<Presentation>> shown = new LinkedHashMap<>();
        session.presentations().forEach(
                one -> shown.computeIfAbsent(one.stimulus(), _ -> new ArrayList<>()).add(one));
        return shown.entrySet().stream().map(entry -> new StimulusEntry(entry.getKey(),
                Stimulus.of(entry.getKey()).word(), entry.getValue().size(),
                entry.getValue().stream().flatMap(one -> one.condition().stream()).distinct().count(),
                entry.getValue().getFirst().start(),
                entry.getValue().stream().mapToDouble(Presentation::stop).max().orElseThrow())).toList();
    }

    /// JSON knows no NaN.
    private static @Nullable Double real(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    private Answer rois(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.read(call, session -> ResultRows.of(type, SessionRows.rois(query.part(session))));
    }

    private Answer presentations(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.read(call, session -> ResultRows.of(type,
                SessionRows.presentations(session, query.stimuli(session))));
    }

    private Answer epochs(Call call) throws IOException {
        String type = TableRows.type(call);
        return sessions.read(call, session -> ResultRows.of(type, SessionRows.epochs(session)));
    }

    private Answer signals(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        return sessions.read(call,
                session -> ResultRows.of(type, SessionRows.signals(session, query.span(), MOST_VALUES)));
    }

    private Answer traces(Call call) throws IOException {
        String type = TableRows.type(call);
        SessionQuery query = new SessionQuery(call);
        if (query.words("rois").isEmpty() && query.words("planes").isEmpty()) {
            throw Problem.parameter("rois", "no ROI is named", "name ROIs or planes; …/rois lists them");
        }
        return sessions.read(call, session -> ResultRows.of(type, SessionRows.traces(query.part(session),
                query.trials().kind(), query.span(), MOST_VALUES)));
    }
}
