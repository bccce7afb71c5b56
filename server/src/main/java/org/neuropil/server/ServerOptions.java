package org.neuropil.server;

import org.neuropil.space.InputException;

/// Where a server listens.
///
/// @param host name or address of the interface; `0.0.0.0` for all
/// @param port 0 for any that is free
public record ServerOptions(String host, int port) {
    /// The host unless something else is asked for: nobody but this machine reaches the server.
    public static final String LOOPBACK = "127.0.0.1";

    /// @throws InputException if the port is none
    public ServerOptions {
        if (port < 0 || port > 65535) {
            throw new InputException("port " + port + " does not exist", "--port", "use 0 to 65535");
        }
        if (host.isBlank()) {
            throw new InputException("is empty", "--host", "leave it out to serve this machine only");
        }
    }

    /// On this machine only.
    public static ServerOptions loopback(int port) {
        return new ServerOptions(LOOPBACK, port);
    }
}
