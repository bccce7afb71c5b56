package org.neuropil.physiology.table;

import java.util.Optional;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;

/// What the animal did, as metrics want it.
///
/// @param speed cm/s, on its own clock
/// @param pupil area, blinks left out, on its own clock
record Behaviours(Optional<Trace> speed, Optional<Trace> pupil) {
    private static final String BLINK = "likely_blink";

    static Behaviours of(Session session) {
        Optional<Trace> blinks = session.signal(BLINK).map(Signal::trace);
        return new Behaviours(session.signal(Signal.RUNNING).map(Signal::trace), session.signal(Signal.PUPIL)
                .map(Signal::trace).map(pupil -> blinks.map(blink -> without(pupil, blink)).orElse(pupil)));
    }

    private static Trace without(Trace pupil, Trace blink) {
        Trace moved = blink.on(pupil.clock());
        double[] values = pupil.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = moved.value(i) > 0 ? Double.NaN : values[i];
        }
        return new Trace(pupil.clock(), values);
    }

    /// A signal at the times of a clock.
    ///
    /// @param name [Signal#RUNNING] or [Signal#PUPIL]
    Optional<double[]> on(String name, Clock clock) {
        return (name.equals(Signal.RUNNING) ? speed : name.equals(Signal.PUPIL) ? pupil : Optional.<Trace>empty())
                .map(trace -> trace.on(clock).values());
    }
}
