package org.neuropil.volume.store;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.volume.store.Attempts.RefusedException;

import com.google.auth.Credentials;
import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;

/// Google's application default credentials: a file that a variable names, those of the user who has logged in with
/// `gcloud`, or those of the machine. Found once a process.
enum GoogleLogin implements GcsStore.Login {
    DEFAULT;

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    private static final URI SERVICE = URI.create("https://storage.googleapis.com/");
    /// How the library begins to say that there are none at all, which is no error.
    private static final String NONE = "Your default credentials were not found";

    private transient boolean sought;
    private transient @Nullable Credentials credentials;

    @Override
    public Map<String, String> headers() throws IOException {
        Credentials found = find();
        return found == null ? Map.of() : headers(found);
    }

    private synchronized @Nullable Credentials find() throws IOException {
        if (!sought) {
            try {
                credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).startsWith(NONE)) {
                    throw new RefusedException("Google's credentials cannot be used: " + e.getMessage(), e);
                }
            }
            sought = true;
        }
        return credentials;
    }

    /// The headers that tell who asks, after a new token was fetched if the last one is old.
    static Map<String, String> headers(Credentials credentials) throws IOException {
        try {
            Map<String, String> headers = new HashMap<>();
            credentials.getRequestMetadata(SERVICE)
                    .forEach((name, values) -> headers.put(name, String.join(",", values)));
            return headers;
        } catch (IOException e) {
            String words = "Google's credentials cannot be used: " + e.getMessage();
            boolean later = e instanceof Retryable answer && answer.isRetryable();
            throw e instanceof Retryable && !later ? new RefusedException(words, e) : new IOException(words, e);
        }
    }
}
