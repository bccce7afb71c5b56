package org.neuropil.graph.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.bigtable.data.v2.BigtableDataSettings;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

/// A network that loses the answers of some calls, after the server has done what they say: the client learns that the
/// server is not available, and is even asked to try again.
final class LostAnswers implements ClientInterceptor {
    private final String method;
    private final AtomicInteger left;
    private final AtomicInteger lost = new AtomicInteger();

    LostAnswers(String method, int count) {
        this.method = method;
        this.left = new AtomicInteger(count);
    }

    /// How many answers were lost.
    int count() {
        return lost.get();
    }

    UnaryOperator<BigtableDataSettings.Builder> of(int port) {
        return settings -> {
            settings.stubSettings().setTransportChannelProvider(InstantiatingGrpcChannelProvider.newBuilder()
                    .setEndpoint("localhost:" + port)
                    .setChannelConfigurator(this::configure).build());
            return settings;
        };
    }

    @SuppressWarnings("rawtypes") // as the client has it
    private ManagedChannelBuilder configure(ManagedChannelBuilder channel) {
        return channel.usePlaintext().intercept(this);
    }

    @Override
    public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> called, CallOptions options, Channel next) {
        ClientCall<A, B> call = next.newCall(called, options);
        if (!method.equals(called.getBareMethodName()) || left.getAndDecrement() <= 0) {
            return call;
        }
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<B> listener, Metadata headers) {
                super.start(new SimpleForwardingClientCallListener<>(listener) {
                    @Override
                    public void onMessage(B message) {
                        request(1); // lost; on to the end
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        lost.incrementAndGet();
                        Metadata again = new Metadata();
                        again.put(ProtoUtils.keyForProto(RetryInfo.getDefaultInstance()), RetryInfo.newBuilder()
                                .setRetryDelay(Duration.newBuilder().setNanos(1_000_000)).build());
                        super.onClose(Status.UNAVAILABLE.withDescription("lost"), again);
                    }
                }, headers);
            }
        };
    }
}
